namespace Harness.Simulator.Kubernetes.Storage;

/// <summary>What a write did to an object.</summary>
public enum StoreEventKind
{
    /// <summary>The object did not exist before.</summary>
    Added,

    /// <summary>The object was replaced by a newer version.</summary>
    Modified,

    /// <summary>The object is gone.</summary>
    Deleted,
}
