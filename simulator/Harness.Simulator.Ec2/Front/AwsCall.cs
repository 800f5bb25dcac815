using Harness.Simulator.Ec2.Model;

namespace Harness.Simulator.Ec2.Front;

/// <summary>One call as it came over HTTP.</summary>
/// <param name="Service">Whom it is for.</param>
/// <param name="Action">Its Action, empty when it has none.</param>
/// <param name="Parameters">All its parameters.</param>
/// <param name="AccessKeyId">Who signed it, if anyone.</param>
/// <param name="Refusal">Why it cannot be answered, or null.</param>
internal sealed record AwsCall(
    AwsService Service, string Action, IReadOnlyDictionary<string, string> Parameters, string? AccessKeyId, Ec2Refusal? Refusal);
