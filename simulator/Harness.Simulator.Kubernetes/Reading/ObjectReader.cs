using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Reading;

/// <summary>
/// Gets and lists objects with the semantics of resourceVersion, limit and continue. Resources are the stored ones. Safe for any thread.
/// </summary>
internal sealed class ObjectReader(ObjectStore store, TimeProvider time)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    private const string TooOldToContinue = "The provided continue parameter is too old to display a consistent list result. You can start a new list without "
        + "the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token "
        + "results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";

    public async Task<StoredObject> GetAsync(ApiResource resource, ObjectKey key, string resourceVersion, CancellationToken cancellationToken)
    {
        if (RevisionText.Parse(resourceVersion) is { } revision)
        {
            await WaitForAsync(revision, cancellationToken);
        }

        return store.Find(resource, key) ?? throw ApiErrors.NotFound(resource, key.Name);
    }

    public async Task<ListPage> ListAsync(ApiResource resource, ListQuery query, CancellationToken cancellationToken)
    {
        string prefix = query.Selection.Namespace is { Length: > 0 } inNamespace ? inNamespace + "/" : "";
        if (query.Continue.Length > 0)
        {
            return ListFrom(resource, query, prefix, ContinueToken.Decode(query.Continue, prefix));
        }

        long? revision = RevisionText.Parse(query.ResourceVersion);
        if (revision is null or 0)
        {
            return Page(store.Snapshot(resource), revision == 0 ? query with { Limit = 0 } : query, prefix, "");
        }

        await WaitForAsync(revision.Value, cancellationToken);
        bool isExact = query.Match == "Exact" || query.Match.Length == 0 && query.Limit > 0;
        StoreSnapshot snapshot = !isExact ? store.Snapshot(resource)
            : store.SnapshotAt(resource, revision.Value) ?? throw ApiErrors.Expired("The resourceVersion for the provided list is too old.");
        return Page(snapshot, query, prefix, "");
    }

    private ListPage ListFrom(ApiResource resource, ListQuery query, string prefix, ContinueToken token)
    {
        if (query.ResourceVersion is not ("" or "0"))
        {
            throw ApiErrors.BadRequest("specifying resource version is not allowed when using continue");
        }

        if (token.Revision < 0)
        {
            return Page(store.Snapshot(resource), query, prefix, token.Start);
        }

        StoreSnapshot? snapshot = store.SnapshotAt(resource, token.Revision);
        if (snapshot is null)
        {
            ApiStatusException expired = ApiErrors.Expired(TooOldToContinue);
            expired.Status.Metadata.Continue = (token with { Revision = -1 }).Encode(prefix);
            throw expired;
        }

        return Page(snapshot, query, prefix, token.Start);
    }

    private static ListPage Page(StoreSnapshot snapshot, ListQuery query, string prefix, string start)
    {
        var items = new List<StoredObject>();
        long rest = 0;
        foreach (StoredObject stored in snapshot.Objects(query.Selection.Namespace, start))
        {
            if (!query.Selection.Matches(stored))
            {
                continue;
            }

            if (query.Limit > 0 && items.Count >= query.Limit)
            {
                rest++;
                if (query.Selection.IsSelective)
                {
                    break;
                }
            }
            else
            {
                items.Add(stored);
            }
        }

        if (rest == 0)
        {
            return new ListPage(items, snapshot.Revision);
        }

        string next = new ContinueToken(snapshot.Revision, items[^1].Key.Path + "\0").Encode(prefix);
        return new ListPage(items, snapshot.Revision, next, query.Selection.IsSelective ? null : rest);
    }

    private async Task WaitForAsync(long revision, CancellationToken cancellationToken)
    {
        if (store.Revision >= revision)
        {
            return;
        }

        using var patience = new CancellationTokenSource(_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await store.WaitForRevisionAsync(revision, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var details = new StatusDetails { RetryAfterSeconds = 1 };
            details.Causes.Add(new StatusCause { Reason = "ResourceVersionTooLarge", Message = "Too large resource version" });
            throw ApiErrors.Of(504, "Timeout", $"Timeout: Too large resource version: {revision}, current: {store.Revision}", details);
        }
    }
}
