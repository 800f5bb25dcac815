using Harness.Simulator.Ec2.Query;

namespace Harness.Simulator.Ec2.Model;

/// <summary>One call: an action and its parameters.</summary>
internal sealed record Ec2Request(string Action, QueryParameters Parameters, string RequestId);
