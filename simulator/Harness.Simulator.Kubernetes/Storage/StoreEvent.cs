using Harness.Simulator.Kubernetes.Documents;

namespace Harness.Simulator.Kubernetes.Storage;

/// <summary>
/// One write: what it did, the object after it (for a deletion its last state, with the deletion's revision) and the version before, if any.
/// Immutable; shared by all watchers.
/// </summary>
public sealed class StoreEvent(StoreEventKind kind, StoredObject stored, StoredObject? previous)
{
    private StoredObject? _gone;

    /// <summary>What the write did.</summary>
    public StoreEventKind Kind { get; } = kind;

    /// <summary>The object after the write.</summary>
    public StoredObject Object { get; } = stored;

    /// <summary>The object before the write; null when there was none.</summary>
    public StoredObject? Previous { get; } = previous;

    /// <summary>The revision of the write.</summary>
    public long Revision => Object.Revision;

    /// <summary>
    /// What those are told for whom the object is gone, by deletion or because it left their selection: its state before the write, with the
    /// write's revision.
    /// </summary>
    public StoredObject Gone => Kind == StoreEventKind.Deleted || Previous is null ? Object : _gone ??= WithRevision(Previous);

    private StoredObject WithRevision(StoredObject previous)
    {
        ApiObject value = previous.Value.Clone();
        value.Metadata.ResourceVersion = Object.Metadata.ResourceVersion;
        return new StoredObject(Object.Resource, Object.Key, Revision, value);
    }
}
