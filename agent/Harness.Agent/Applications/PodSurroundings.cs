using System.Collections.Immutable;

namespace Harness.Agent.Applications;

/// <summary>What the containers of one pod share: how far they are kept apart from the instance, their volumes and host name.</summary>
internal sealed record PodSurroundings
{
    public static PodSurroundings None { get; } = new();

    public string PodUid { get; init; } = "";

    public string Hostname { get; init; } = "";

    public IsolationLevel Isolation { get; init; }

    public ImmutableArray<VolumeSpec> Volumes { get; init; } = [];

    /// <summary>The group that volumes belong to; null: the workload's user's own.</summary>
    public long? FsGroup { get; init; }
}
