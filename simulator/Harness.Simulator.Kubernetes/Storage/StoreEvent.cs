namespace Harness.Simulator.Kubernetes.Storage;

/// <summary>
/// One write: what it did, the object after it (for a deletion its last state, with the deletion's revision) and the version before, if any.
/// </summary>
public sealed record StoreEvent(StoreEventKind Kind, StoredObject Object, StoredObject? Previous)
{
    /// <summary>The revision of the write.</summary>
    public long Revision => Object.Revision;
}
