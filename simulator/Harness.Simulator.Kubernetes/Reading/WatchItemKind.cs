namespace Harness.Simulator.Kubernetes.Reading;

/// <summary>What one event of a watch tells.</summary>
internal enum WatchItemKind
{
    Added,
    Modified,
    Deleted,
    Bookmark,
}
