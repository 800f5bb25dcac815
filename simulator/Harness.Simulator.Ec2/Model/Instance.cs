using System.Collections.Immutable;

namespace Harness.Simulator.Ec2.Model;

/// <summary>One instance as the model keeps it. A value; its tags and network interfaces stand in <see cref="Ec2State"/>.</summary>
internal sealed record Instance
{
    public required string InstanceId { get; init; }

    public required string ReservationId { get; init; }

    public required int LaunchIndex { get; init; }

    public InstanceState State { get; init; } = InstanceState.Pending;

    public StateReason? StateReason { get; init; }

    public string StateTransitionReason { get; init; } = "";

    public required string InstanceType { get; init; }

    public required string ImageId { get; init; }

    public required string Architecture { get; init; }

    public string? KeyName { get; init; }

    public required string AvailabilityZone { get; init; }

    public required string SubnetId { get; init; }

    public required string VpcId { get; init; }

    public string? UserDataBase64 { get; init; }

    public string? ClientToken { get; init; }

    /// <summary>Key of this instance's entry in <see cref="Ec2State.LaunchTokens"/>.</summary>
    public string? TokenKey { get; init; }

    public ProfileAssociation? Profile { get; init; }

    public required MetadataOptions MetadataOptions { get; init; }

    public bool DisableApiTermination { get; init; }

    /// <summary>Whether a shutdown from inside terminates the instance, rather than stopping it.</summary>
    public bool TerminatesOnShutdown { get; init; }

    public bool EbsOptimized { get; init; }

    public bool DetailedMonitoring { get; init; }

    public required string Tenancy { get; init; }

    public required RootVolume RootVolume { get; init; }

    /// <summary>Attached interfaces by device index; empty once terminated.</summary>
    public required ImmutableArray<string> NetworkInterfaceIds { get; init; }

    public required DateTimeOffset LaunchTime { get; init; }

    /// <summary>1 for the first boot, one more for each start after a stop; reports of an older boot are stale.</summary>
    public int Boot { get; init; } = 1;

    public HostPhase Host { get; init; } = HostPhase.None;

    /// <summary>When the boot or shutdown delay ends, or the terminated instance is forgotten; null when nothing is due.</summary>
    public DateTimeOffset? Due { get; init; }
}
