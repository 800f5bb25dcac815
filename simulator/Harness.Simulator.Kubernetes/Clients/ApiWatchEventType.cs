namespace Harness.Simulator.Kubernetes.Clients;

/// <summary>What a watch tells of an object.</summary>
public enum ApiWatchEventType
{
    /// <summary>The object is new, or has come into the selection.</summary>
    Added,

    /// <summary>The object has changed.</summary>
    Modified,

    /// <summary>The object is gone, or has left the selection.</summary>
    Deleted,
}
