namespace Harness.Agent.Applications;

/// <summary>One volume of the pod. InMemory and SizeLimitBytes belong to an emptyDir, HostPath and HostPathType to a hostPath.</summary>
internal sealed record VolumeSpec(string Name, VolumeKind Kind)
{
    public bool InMemory { get; init; }

    public long? SizeLimitBytes { get; init; }

    public string HostPath { get; init; } = "";

    public string HostPathType { get; init; } = "";

    /// <summary>True: the launch goes on when the caller sent no files (the volume that admission adds to every pod).</summary>
    public bool MayBeMissing { get; init; }
}
