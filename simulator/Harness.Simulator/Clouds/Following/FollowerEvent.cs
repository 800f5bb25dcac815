using System.Collections.Immutable;

namespace Harness.Simulator.Clouds.Following;

/// <summary>What a follower hears.</summary>
internal abstract record FollowerEvent
{
    private FollowerEvent()
    {
    }

    /// <summary>A complete list of the instances that EC2 has.</summary>
    internal sealed record Listed(ImmutableArray<SeenInstance> Instances) : FollowerEvent;

    /// <summary>A boot that was ordered did not work; nothing of it runs.</summary>
    internal sealed record BootFailed(string InstanceId) : FollowerEvent;

    /// <summary>An end that was ordered is done: nothing runs there, the address is free.</summary>
    internal sealed record Ended(string InstanceId) : FollowerEvent;
}
