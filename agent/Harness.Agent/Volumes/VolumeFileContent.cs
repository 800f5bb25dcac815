namespace Harness.Agent.Volumes;

/// <summary>One file of a volume as a caller sent it. Path: relative, checked.</summary>
internal sealed record VolumeFileContent(string Path, UnixFileMode Mode, ReadOnlyMemory<byte> Content);
