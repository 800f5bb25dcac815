using System.Runtime.CompilerServices;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Reading;

/// <summary>
/// Turns the store's writes into the events of one watch: initial objects, what enters and leaves the selection, bookmarks, the end by
/// timeout. Resources are the stored ones. Safe for any thread; each watch is read by one.
/// </summary>
internal sealed class ObjectWatcher(ObjectStore store, TimeProvider time)
{
    private static readonly TimeSpan _bookmarkPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _lastBookmark = TimeSpan.FromSeconds(2);

    /// <summary>Batches of events, none of them empty, until the timeout or the cancellation.</summary>
    /// <exception cref="RevisionExpiredException">The revision, or a reader that is too slow, fell out of the store's window.</exception>
    public async IAsyncEnumerable<IReadOnlyList<WatchItem>> WatchAsync(
        ApiResource resource, WatchQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long from = query.Revision ?? 0;
        if (query.SendInitialEvents ?? from == 0)
        {
            StoreSnapshot snapshot = store.Snapshot(resource);
            from = snapshot.Revision;
            List<WatchItem> initial = Initial(snapshot, query);
            if (initial.Count > 0)
            {
                yield return initial;
            }
        }

        using var timeout = new CancellationTokenSource(query.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        StoreWatch watch = store.Watch(resource, from);
        var bookmarks = new BookmarkTimer(time, query.Bookmarks, query.Timeout - _lastBookmark, _bookmarkPeriod);
        Task<IReadOnlyList<StoreEvent>>? pending = null;
        while (!either.IsCancellationRequested)
        {
            pending ??= watch.NextAsync(either.Token).AsTask();
            IReadOnlyList<WatchItem> batch = [];
            if (await bookmarks.IsFirstAsync(pending, either.Token))
            {
                batch = [new WatchItem(WatchItemKind.Bookmark, null, watch.Position)];
            }
            else if (pending.IsCanceled)
            {
                yield break;
            }
            else
            {
                batch = Select(await pending, query.Selection);
                pending = null;
            }

            if (batch.Count > 0)
            {
                yield return batch;
            }
        }
    }

    private static List<WatchItem> Initial(StoreSnapshot snapshot, WatchQuery query)
    {
        var items = snapshot.Objects(query.Selection.Namespace).Where(query.Selection.Matches)
            .Select(stored => new WatchItem(WatchItemKind.Added, stored, stored.Revision)).ToList();
        if (query is { SendInitialEvents: true, Bookmarks: true })
        {
            items.Add(new WatchItem(WatchItemKind.Bookmark, null, snapshot.Revision, EndsInitialEvents: true));
        }

        return items;
    }

    private static List<WatchItem> Select(IReadOnlyList<StoreEvent> changes, ObjectSelection selection)
    {
        var items = new List<WatchItem>(changes.Count);
        foreach (StoreEvent change in changes)
        {
            bool was = change.Previous is { } previous && selection.Matches(previous);
            bool isNow = change.Kind != StoreEventKind.Deleted && selection.Matches(change.Object);
            switch (was, isNow)
            {
                case (false, true): items.Add(new WatchItem(WatchItemKind.Added, change.Object, change.Revision)); break;
                case (true, true): items.Add(new WatchItem(WatchItemKind.Modified, change.Object, change.Revision)); break;
                case (true, false): items.Add(new WatchItem(WatchItemKind.Deleted, change.Gone, change.Revision)); break;
                default: break;
            }
        }

        return items;
    }
}
