namespace Harness.Agent.Applications;

/// <summary>A volume, or a part of it, in a container's file system.</summary>
internal sealed record MountSpec(string Volume, string Path, string SubPath, bool ReadOnly);
