using System.Collections.Immutable;

namespace Harness.Agent.Applications;

/// <summary>The pod to run, as the core sees it: what was asked for, checked and resolved. Immutable.</summary>
internal sealed record ApplicationSpec
{
    public required string Uid { get; init; }

    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required RestartPolicy RestartPolicy { get; init; }

    public required TimeSpan Grace { get; init; }

    public TimeSpan? ActiveDeadline { get; init; }

    /// <summary>Init containers in their order, then the main ones.</summary>
    public required ImmutableArray<ContainerSpec> Containers { get; init; }

    public PodSurroundings Surroundings { get; init; } = PodSurroundings.None;

    /// <summary>What the instance does not give of what the pod's isolation and limits ask for.</summary>
    public ImmutableArray<string> Lacks { get; init; } = [];

    public string HostIp { get; init; } = "";

    public string PodIp { get; init; } = "";

    public ImmutableArray<string> PodIps { get; init; } = [];

    public string QosClass { get; init; } = "";

    /// <summary>When the scheduler bound the pod, if the pod's status told.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>Tells two specs of one UID apart.</summary>
    public required string Digest { get; init; }
}
