using System.Runtime.CompilerServices;
using Google.Protobuf;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Auditing;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.Kubernetes.Operations;
using Harness.Simulator.Kubernetes.Patching;
using Harness.Simulator.Kubernetes.Reading;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Selectors;
using Harness.Simulator.Kubernetes.Storage;
using LabelSelector = Harness.Simulator.Kubernetes.Selectors.LabelSelector;
using WriteContext = Harness.Simulator.Kubernetes.Operations.WriteContext;

namespace Harness.Simulator.Kubernetes.Clients;

/// <summary>
/// The client of those who run inside the server's process, under one identity that may do everything. Safe for any thread.
/// </summary>
internal sealed class InProcessApiClient(ApiOperations operations, Auditor auditor, UserIdentity user) : IApiClient
{
    private static readonly TimeSpan _watchTimeout = TimeSpan.FromDays(1);

    private readonly WriteContext _context = new(user);

    public Task<T?> FindAsync<T>(string inNamespace, string name, CancellationToken cancellationToken) where T : class, IMessage<T>, new()
    {
        StoredObject? stored = operations.Store.Find(Resource<T>(), new ObjectKey(inNamespace, name));
        return Task.FromResult(stored is null ? null : Copy<T>(stored));
    }

    public async Task<T> GetAsync<T>(string inNamespace, string name, CancellationToken cancellationToken) where T : class, IMessage<T>, new() =>
        await FindAsync<T>(inNamespace, name, cancellationToken) ?? throw ApiErrors.NotFound(Resource<T>(), name);

    public async Task<ApiList<T>> ListAsync<T>(ApiSelection selection, CancellationToken cancellationToken) where T : class, IMessage<T>, new()
    {
        ApiResource resource = Resource<T>();
        ListPage page = await operations.Reader.ListAsync(resource, new ListQuery(Selected(resource, selection)), cancellationToken);
        return new ApiList<T>([.. page.Items.Select(Copy<T>)], page.Revision);
    }

    public async IAsyncEnumerable<ApiWatchEvent<T>> WatchAsync<T>(
        ApiSelection selection, long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken) where T : class, IMessage<T>, new()
    {
        ApiResource resource = Resource<T>();
        var query = new WatchQuery(Selected(resource, selection), afterRevision, Bookmarks: false, SendInitialEvents: false, _watchTimeout);
        await using var batches = operations.Watcher.WatchAsync(resource, query, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(batches))
        {
            foreach (WatchItem item in batches.Current)
            {
                yield return new ApiWatchEvent<T>(Type(item.Kind), Copy<T>(item.Object!), item.Revision);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    public Task<T> CreateAsync<T>(T value, CancellationToken cancellationToken) where T : class, IMessage<T>, new()
    {
        ApiResource resource = Resource<T>();
        var draft = new MessageObject(value.Clone());
        var key = new ObjectKey(draft.Metadata.Namespace, draft.Metadata.Name);
        return Write<T>("create", resource, "", key, () => operations.Writer.Create(_context, resource, key.Namespace, draft));
    }

    public Task<T> UpdateAsync<T>(T value, CancellationToken cancellationToken) where T : class, IMessage<T>, new() => Replace(value, WritePart.Object, "");

    public Task<T> UpdateStatusAsync<T>(T value, CancellationToken cancellationToken) where T : class, IMessage<T>, new() =>
        Replace(value, WritePart.Status, "status");

    public Task<T> PatchAsync<T>(
        string inNamespace, string name, ApiPatchType type, ReadOnlyMemory<byte> patch, string? subresource, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
    {
        ApiResource resource = Resource<T>();
        var key = new ObjectKey(inNamespace, name);
        var request = new PatchRequest(PatchType(type), patch);
        WritePart part = subresource switch
        {
            null or "" => WritePart.Object,
            "status" => WritePart.Status,
            _ => throw ApiErrors.NotImplemented($"patching {resource.QualifiedPlural}/{subresource} from inside the process"),
        };
        return Write<T>("patch", resource, subresource ?? "", key, () => operations.Patcher.Patch(_context, resource, key, part, request));
    }

    public Task DeleteAsync<T>(string inNamespace, string name, ApiDelete how, CancellationToken cancellationToken) where T : class, IMessage<T>, new()
    {
        ApiResource resource = Resource<T>();
        var key = new ObjectKey(inNamespace, name);
        var request = new DeleteRequest(how.GracePeriodSeconds, how.PropagationPolicy, how.PreconditionUid, how.PreconditionResourceVersion);
        return Run(() => auditor.Run(user, "delete", resource, "", key, 200,
            () => operations.Deleter.Delete(_context, resource, key, request), result => result.Object));
    }

    public Task BindAsync(Binding binding, CancellationToken cancellationToken)
    {
        ObjectMeta metadata = binding.Metadata;
        var key = new ObjectKey(metadata.Namespace, metadata.Name);
        return Run(() => auditor.Run(user, "create", Resource<Pod>(), "binding", key, 201,
            () => operations.Binder.Bind(_context, metadata.Namespace, metadata.Name, binding), stored => stored));
    }

    private Task<T> Replace<T>(T value, WritePart part, string subresource) where T : class, IMessage<T>, new()
    {
        ApiResource resource = Resource<T>();
        var given = new MessageObject(value.Clone());
        var key = new ObjectKey(given.Metadata.Namespace, given.Metadata.Name);
        return Write<T>("update", resource, subresource, key, () => operations.Writer.Update(_context, resource, key, part, _ => given.Clone()));
    }

    private Task<T> Write<T>(string verb, ApiResource resource, string subresource, ObjectKey key, Func<StoredObject> write)
        where T : class, IMessage<T>, new() =>
        Run(() => Copy<T>(auditor.Run(user, verb, resource, subresource, key, verb == "create" ? 201 : 200, write, stored => stored)));

    /// <summary>Refusals come out of the task, as from any client.</summary>
    private static Task<T> Run<T>(Func<T> operation)
    {
        try
        {
            return Task.FromResult(operation());
        }
        catch (ApiStatusException refusal)
        {
            return Task.FromException<T>(refusal);
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<IReadOnlyList<WatchItem>> batches)
    {
        try
        {
            return await batches.MoveNextAsync();
        }
        catch (RevisionExpiredException expired)
        {
            throw ApiErrors.Expired(expired.Message);
        }
    }

    private static ObjectSelection Selected(ApiResource resource, ApiSelection selection) =>
        new(selection.Namespace, LabelSelector.Parse(selection.LabelSelector), FieldSelector.Parse(selection.FieldSelector, resource));

    private static T Copy<T>(StoredObject stored) where T : class, IMessage<T> => ((T)((MessageObject)stored.Value).Message).Clone();

    private static ApiWatchEventType Type(WatchItemKind kind) => kind switch
    {
        WatchItemKind.Added => ApiWatchEventType.Added,
        WatchItemKind.Modified => ApiWatchEventType.Modified,
        WatchItemKind.Deleted => ApiWatchEventType.Deleted,
        _ => throw new InvalidOperationException($"a watch without bookmarks told {kind}"),
    };

    private static PatchType PatchType(ApiPatchType type) => type switch
    {
        ApiPatchType.Json => Patching.PatchType.Json,
        ApiPatchType.Merge => Patching.PatchType.Merge,
        ApiPatchType.StrategicMerge => Patching.PatchType.Strategic,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such patch type"),
    };

    private ApiResource Resource<T>() where T : class, IMessage<T>, new() => operations.Registry.For<T>();
}
