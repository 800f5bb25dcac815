using System.Collections.Immutable;
using System.Net;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Ec2;

/// <summary>How one emulated EC2 is set up. A value; checked by <see cref="Ec2Simulator.StartAsync"/>.</summary>
public sealed record Ec2SimulatorOptions
{
    /// <summary>Where the API listens; port 0 takes a free one (see <see cref="Ec2Simulator.Endpoint"/>).</summary>
    public IPEndPoint ListenOn { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Seeds every identifier; the same seed and the same calls give the same identifiers.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>What is there before the first call: zones, network, images, types.</summary>
    public SeedWorld World { get; init; } = SeedWorld.Create(Ipv4Block.Parse("127.7.0.0/16"));

    /// <summary>
    /// What an earlier simulator's <see cref="Ec2Simulator.ExportState"/> gave, or null to begin afresh. Machines of instances that were up
    /// are started again; an instance whose machine does not come back is terminated with Server.InternalError.
    /// </summary>
    public string? InitialState { get; init; }

    /// <summary>Stands for the machines; null: every boot succeeds at once.</summary>
    public IInstanceHost? Host { get; init; }

    /// <summary>
    /// From launch to the call of <see cref="IInstanceHost.StartAsync"/>, for types not in <see cref="BootDelays"/>. 0 is allowed.
    /// </summary>
    public TimeSpan BootDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Boot delay by instance type (`mac2.metal`).</summary>
    public ImmutableDictionary<string, TimeSpan> BootDelays { get; init; } = ImmutableDictionary<string, TimeSpan>.Empty;

    /// <summary>The least time from TerminateInstances to terminated, and from StopInstances to stopped. 0 is allowed.</summary>
    public TimeSpan ShutdownDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a terminated instance is still described; an hour, as on EC2.</summary>
    public TimeSpan TerminatedRetention { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether a call without well-formed SigV4 credentials is refused. Signatures are not verified.</summary>
    public bool RequireAuthorization { get; init; } = true;

    /// <summary>The most items that one page holds when the caller names no MaxResults.</summary>
    public int DefaultPageSize { get; init; } = 1000;

    /// <summary>How many calls <see cref="Calls.CallLog"/> keeps; older ones are dropped, their counts kept.</summary>
    public int CallLogCapacity { get; init; } = 100_000;

    /// <summary>Boot delay of <paramref name="instanceType"/>.</summary>
    public TimeSpan BootDelayOf(string instanceType) => BootDelays.GetValueOrDefault(instanceType, BootDelay);
}
