namespace Harness.Simulator.Kubernetes.Storage;

/// <summary>
/// The objects and the latest writes of one resource, and the signal that wakes its watchers. The store's lock guards all of it.
/// </summary>
internal sealed class ObjectCollection(int windowCapacity)
{
    private TaskCompletionSource? _waiting;

    public ObjectSet Objects { get; private set; } = ObjectSet.Empty;

    public EventWindow Events { get; } = new(windowCapacity);

    /// <summary>Records a write; the caller calls the returned signal after it has left the lock.</summary>
    public TaskCompletionSource? ApplyLocked(StoreEvent change)
    {
        Objects = change.Kind == StoreEventKind.Deleted ? Objects.Without(change.Object) : Objects.With(change.Object);
        Events.Append(change);
        TaskCompletionSource? waiting = _waiting;
        _waiting = null;
        return waiting;
    }

    /// <summary>A task that ends with the next write.</summary>
    public Task NextWriteLocked() => (_waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>The objects as they stood at a revision that the window still reaches: later writes undone, newest first.</summary>
    public ObjectSet ObjectsAtLocked(long revision)
    {
        ObjectSet objects = Objects;
        for (int i = Events.Count - 1; i >= 0 && Events[i].Revision > revision; i--)
        {
            StoreEvent change = Events[i];
            objects = change.Previous is { } previous ? objects.With(previous) : objects.Without(change.Object);
        }

        return objects;
    }
}
