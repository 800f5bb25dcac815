using System.Collections.Immutable;

namespace Harness.Simulator.Ec2;

/// <summary>
/// What the emulated EC2 knows of one instance at one moment, for code in the same process (host layer, judges, dashboard).
/// A value: it does not change, a later view of the same instance is another object.
/// </summary>
public sealed record InstanceView
{
    /// <summary>`i-` and 17 hexadecimal digits.</summary>
    public required string InstanceId { get; init; }

    public required InstanceState State { get; init; }

    /// <summary>EC2's code of the last transition's reason (`Client.UserInitiatedShutdown`), or null.</summary>
    public string? StateReasonCode { get; init; }

    public required string InstanceType { get; init; }

    public required string ImageId { get; init; }

    /// <summary>`x86_64`, `arm64`, `x86_64_mac` or `arm64_mac`.</summary>
    public required string Architecture { get; init; }

    public required string AvailabilityZone { get; init; }

    public required string SubnetId { get; init; }

    /// <summary>The primary private address, dotted; null once terminated, when EC2 may give it to another instance.</summary>
    public string? PrivateIpAddress { get; init; }

    /// <summary>`ip-127-7-0-5.us-west-2.compute.internal`; null once terminated.</summary>
    public string? PrivateDnsName { get; init; }

    /// <summary>The user data as EC2 keeps it, in base64; null when the launch had none.</summary>
    public string? UserDataBase64 { get; init; }

    public string? ClientToken { get; init; }

    public string? IamInstanceProfileArn { get; init; }

    public required DateTimeOffset LaunchTime { get; init; }

    /// <summary>1 for the first boot, one more for each start after a stop.</summary>
    public required int Boot { get; init; }

    public required ImmutableSortedDictionary<string, string> Tags { get; init; }
}
