using Harness.Ec2.Model;
using Harness.Simulator.Clouds;
using Harness.Simulator.Hosts;
using Harness.Simulator.State;

namespace Harness.Simulator.Composition;

/// <summary>How the hosts of another EC2's instances are run. A value.</summary>
public sealed record FollowedHostsOptions
{
    /// <summary>The longest name of an interface, in characters.</summary>
    public const int MaxInterfaceLength = InterfaceNetwork.MaxDeviceLength;

    public required SimDirectory Directory { get; init; }

    /// <summary>The EC2 whose instances get hosts.</summary>
    public required CloudAccess Access { get; init; }

    /// <summary>What each instance's boot starts.</summary>
    public required AgentCommand Agent { get; init; }

    /// <summary>The network interface that hosts' addresses are added to.</summary>
    public required string Interface { get; init; }

    /// <summary>Where agents listen on their hosts' addresses.</summary>
    public int AgentPort { get; init; } = 8200;

    /// <summary>Filters of DescribeInstances; none: every instance of the region.</summary>
    public IReadOnlyList<Filter> Filters { get; init; } = [];

    /// <summary>From the first sight of an instance to its host's boot.</summary>
    public TimeSpan BootDelay { get; init; }
}
