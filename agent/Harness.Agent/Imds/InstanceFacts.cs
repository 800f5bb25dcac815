using System.Net;

namespace Harness.Agent.Imds;

/// <summary>Which instance this is, and its primary private address.</summary>
internal sealed record InstanceFacts(string InstanceId, IPAddress Address);
