namespace Harness.Kubernetes;

/// <summary>What a watch event tells of its object.</summary>
public enum WatchEventType
{
    Added,
    Modified,
    Deleted,

    /// <summary>Only the resourceVersion of the object means something.</summary>
    Bookmark,
}
