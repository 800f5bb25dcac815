namespace Harness.Simulator.Kubernetes.Storage;

/// <summary>
/// What a reader of a window found: some writes; or none, with the revision up to which there was nothing and a task that ends with the next
/// write; or that the window has moved on past it.
/// </summary>
internal sealed class StoreBatch
{
    private StoreBatch(IReadOnlyList<StoreEvent> changes, long revision, Task? next, bool isExpired)
    {
        Changes = changes;
        Revision = revision;
        Next = next;
        IsExpired = isExpired;
    }

    public IReadOnlyList<StoreEvent> Changes { get; }

    /// <summary>The revision up to which the reader has now seen everything; of an expired one, the oldest write that is left.</summary>
    public long Revision { get; }

    public Task? Next { get; }

    public bool IsExpired { get; }

    public static StoreBatch Of(StoreEvent[] changes) => new(changes, changes[^1].Revision, null, false);

    public static StoreBatch Empty(long revision, Task next) => new([], revision, next, false);

    public static StoreBatch Expired(long oldest) => new([], oldest, null, true);
}
