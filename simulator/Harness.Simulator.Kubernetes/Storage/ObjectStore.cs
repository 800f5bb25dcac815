using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.Storage;

/// <summary>
/// The cluster's state in memory: every object of every stored resource, one revision counter for all writes, and for each resource a
/// bounded window of its latest writes from which watches read and older snapshots are made. Knows nothing of Kubernetes' rules: callers
/// validate, default and decide. Safe for any thread; a write is one short section under one lock, reads work on immutable sets.
/// </summary>
public sealed class ObjectStore(int windowCapacity = ObjectStore.DefaultWindowCapacity)
{
    /// <summary>Writes that each resource's window holds by default.</summary>
    public const int DefaultWindowCapacity = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<ApiResource, ObjectCollection> _collections = [];
    private TaskCompletionSource? _waitingForRevision;
    private long _revision = 1;
    private long _compacted;

    /// <summary>The revision of the latest write.</summary>
    public long Revision
    {
        get
        {
            lock (_lock)
            {
                return _revision;
            }
        }
    }

    /// <summary>The current version of an object, or null.</summary>
    public StoredObject? Find(ApiResource resource, ObjectKey key)
    {
        lock (_lock)
        {
            return CollectionLocked(resource).Objects.Find(key);
        }
    }

    /// <summary>All objects of the resource as they are now.</summary>
    public StoreSnapshot Snapshot(ApiResource resource)
    {
        lock (_lock)
        {
            return new StoreSnapshot(CollectionLocked(resource).Objects, _revision);
        }
    }

    /// <summary>All objects of the resource as they were at a revision; null when the window does not reach back to it.</summary>
    public StoreSnapshot? SnapshotAt(ApiResource resource, long revision)
    {
        lock (_lock)
        {
            ObjectCollection collection = CollectionLocked(resource);
            return revision < collection.Events.Compacted ? null : new StoreSnapshot(collection.ObjectsAtLocked(revision), revision);
        }
    }

    /// <summary>Adds an object, which the store takes over; null when one stands there already.</summary>
    public StoredObject? TryCreate(ApiResource resource, ObjectKey key, ApiObject value)
    {
        Signals signals;
        StoredObject stored;
        lock (_lock)
        {
            ObjectCollection collection = CollectionLocked(resource);
            if (collection.Objects.Find(key) is not null)
            {
                return null;
            }

            stored = NextLocked(resource, key, value);
            signals = CommitLocked(collection, new StoreEvent(StoreEventKind.Added, stored, null));
        }

        signals.Raise();
        return stored;
    }

    /// <summary>Replaces an object by a value that the store takes over; null when <paramref name="expected"/> is not its current version.</summary>
    public StoredObject? TryUpdate(StoredObject expected, ApiObject value) => TryWrite(expected, value, StoreEventKind.Modified);

    /// <summary>Removes an object; gives its last state with the deletion's revision, or null when <paramref name="expected"/> is not its current version.</summary>
    public StoredObject? TryDelete(StoredObject expected) => TryWrite(expected, expected.Value.Clone(), StoreEventKind.Deleted);

    /// <summary>
    /// A reader of the writes after a revision; <see cref="StoreWatch.NextAsync"/> tells when the window does not reach back to it (any more).
    /// </summary>
    public StoreWatch Watch(ApiResource resource, long afterRevision) => new(this, resource, afterRevision);

    /// <summary>Completes once the store's revision is at least that one.</summary>
    public async Task WaitForRevisionAsync(long revision, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_revision >= revision)
                {
                    return;
                }

                _waitingForRevision ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                next = _waitingForRevision.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Drops the windows: what was written up to now can no longer be watched or listed at its revision.</summary>
    public void Compact()
    {
        lock (_lock)
        {
            _compacted = _revision;
            foreach (ObjectCollection collection in _collections.Values)
            {
                collection.Events.Clear(_revision);
            }
        }
    }

    internal StoreBatch ReadAfter(ApiResource resource, long revision, int most)
    {
        lock (_lock)
        {
            ObjectCollection collection = CollectionLocked(resource);
            EventWindow events = collection.Events;
            if (revision < events.Compacted)
            {
                return StoreBatch.Expired(events.Count == 0 ? events.Compacted : events[0].Revision);
            }

            int first = events.IndexAfter(revision);
            int count = Math.Min(most, events.Count - first);
            if (count == 0)
            {
                return StoreBatch.Empty(Math.Max(revision, _revision), collection.NextWriteLocked());
            }

            var changes = new StoreEvent[count];
            for (int i = 0; i < count; i++)
            {
                changes[i] = events[first + i];
            }

            return StoreBatch.Of(changes);
        }
    }

    private StoredObject? TryWrite(StoredObject expected, ApiObject value, StoreEventKind kind)
    {
        Signals signals;
        StoredObject stored;
        lock (_lock)
        {
            ObjectCollection collection = CollectionLocked(expected.Resource);
            StoredObject? current = collection.Objects.Find(expected.Key);
            if (!ReferenceEquals(current, expected))
            {
                return null;
            }

            stored = NextLocked(expected.Resource, expected.Key, value);
            signals = CommitLocked(collection, new StoreEvent(kind, stored, current));
        }

        signals.Raise();
        return stored;
    }

    private StoredObject NextLocked(ApiResource resource, ObjectKey key, ApiObject value)
    {
        long revision = ++_revision;
        value.Metadata.ResourceVersion = revision.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new StoredObject(resource, key, revision, value);
    }

    private Signals CommitLocked(ObjectCollection collection, StoreEvent change)
    {
        var signals = new Signals(collection.ApplyLocked(change), _waitingForRevision);
        _waitingForRevision = null;
        return signals;
    }

    private ObjectCollection CollectionLocked(ApiResource resource)
    {
        if (!_collections.TryGetValue(resource, out ObjectCollection? collection))
        {
            collection = new ObjectCollection(windowCapacity);
            collection.Events.Clear(_compacted);
            _collections.Add(resource, collection);
        }

        return collection;
    }

    private readonly record struct Signals(TaskCompletionSource? Watchers, TaskCompletionSource? Revision)
    {
        public void Raise()
        {
            Watchers?.TrySetResult();
            Revision?.TrySetResult();
        }
    }
}
