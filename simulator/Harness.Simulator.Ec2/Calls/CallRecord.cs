using System.Collections.Immutable;

namespace Harness.Simulator.Ec2.Calls;

/// <summary>One call that the emulated EC2 (or STS) answered.</summary>
/// <param name="Sequence">1 for the first call; calls are numbered in the order in which they took effect.</param>
/// <param name="Time">When it took effect.</param>
/// <param name="Action">`RunInstances`; as the caller wrote it, also when there is no such action.</param>
/// <param name="ParametersDigest">16 hexadecimal digits of the SHA-256 of the parameters; equal calls have equal digests.</param>
/// <param name="Code">`OK`, or EC2's error code.</param>
/// <param name="HttpStatus">Status of the response.</param>
/// <param name="InstanceIds">The instances that the call changed or named.</param>
/// <param name="ClientToken">The call's ClientToken, if it had one.</param>
/// <param name="AccessKeyId">Who called, if the call was signed.</param>
public sealed record CallRecord(
    long Sequence, DateTimeOffset Time, string Action, string ParametersDigest, string Code, int HttpStatus,
    ImmutableArray<string> InstanceIds, string? ClientToken, string? AccessKeyId)
{
    /// <summary><see cref="Code"/> of a call that succeeded.</summary>
    public const string Ok = "OK";
}
