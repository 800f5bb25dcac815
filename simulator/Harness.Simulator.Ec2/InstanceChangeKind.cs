namespace Harness.Simulator.Ec2;

/// <summary>Why a watcher is told of an instance.</summary>
public enum InstanceChangeKind
{
    /// <summary>It was there when the watch began.</summary>
    Existing,

    /// <summary>It was launched just now.</summary>
    Launched,

    /// <summary>Its state, tags or attributes changed.</summary>
    Changed,

    /// <summary>Its hour as a terminated ghost is over: no call describes it any more.</summary>
    Forgotten,
}
