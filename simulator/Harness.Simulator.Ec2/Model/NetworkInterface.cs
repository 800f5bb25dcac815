using System.Collections.Immutable;

namespace Harness.Simulator.Ec2.Model;

/// <summary>One elastic network interface as the model keeps it. A value.</summary>
internal sealed record NetworkInterface
{
    public required string NetworkInterfaceId { get; init; }

    public required string SubnetId { get; init; }

    public required string VpcId { get; init; }

    public required string AvailabilityZone { get; init; }

    /// <summary>The primary private address as a number.</summary>
    public required uint Address { get; init; }

    public string Description { get; init; } = "";

    public required ImmutableArray<string> SecurityGroupIds { get; init; }

    public required string MacAddress { get; init; }

    public EniAttachment? Attachment { get; init; }

    public string? ClientToken { get; init; }

    public string Status => Attachment is null ? "available" : "in-use";
}
