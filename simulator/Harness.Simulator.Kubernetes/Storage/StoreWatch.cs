using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.Storage;

/// <summary>
/// One reader's place in the writes of a resource. It holds no queue: it reads from the store's window, and falls out of it when it is too slow.
/// Used by one task at a time.
/// </summary>
public sealed class StoreWatch
{
    private const int BatchSize = 256;

    private readonly ObjectStore _store;
    private readonly ApiResource _resource;

    internal StoreWatch(ObjectStore store, ApiResource resource, long afterRevision)
    {
        _store = store;
        _resource = resource;
        Position = afterRevision;
    }

    /// <summary>Every write up to this revision has been read.</summary>
    public long Position { get; private set; }

    /// <summary>The next writes, at least one; waits for one when there is none.</summary>
    /// <exception cref="RevisionExpiredException">The window no longer reaches back to <see cref="Position"/>.</exception>
    public async ValueTask<IReadOnlyList<StoreEvent>> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            StoreBatch batch = _store.ReadAfter(_resource, Position, BatchSize);
            if (batch.IsExpired)
            {
                throw new RevisionExpiredException(Position, batch.Revision);
            }

            Position = batch.Revision;
            if (batch.Next is null)
            {
                return batch.Changes;
            }

            await batch.Next.WaitAsync(cancellationToken);
        }
    }
}
