using System.Collections.Concurrent;
using Google.Protobuf;
using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Batch.V1;
using Harness.Kubernetes.Objects.Coordination.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Discovery.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Controllers.Machinery;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Kubernetes.Controllers;

/// <summary>
/// Deletes objects whose owners are all gone, and finishes the deletion of owners that wait for their dependents: with
/// foregroundDeletion once the blocking ones are gone, with orphan once they were let go. Works by UID. It watches the kinds that own or are
/// owned in this cluster; objects of other kinds are left alone.
/// </summary>
public sealed class GarbageCollector : Controller
{
    private const string Foreground = "foregroundDeletion";
    private const string Orphan = "orphan";

    private readonly ConcurrentDictionary<string, Entry> _byUid = new();
    private readonly Dictionary<string, Func<string, string, CancellationToken, Task<string?>>> _findUid = [];

    public GarbageCollector(IApiClient client, TimeProvider time, ILogger<GarbageCollector> logger)
        : base(client, time, logger)
    {
        Follow<Pod>(value => value.Metadata);
        Follow<ReplicaSet>(value => value.Metadata);
        Follow<Deployment>(value => value.Metadata);
        Follow<StatefulSet>(value => value.Metadata);
        Follow<DaemonSet>(value => value.Metadata);
        Follow<ControllerRevision>(value => value.Metadata);
        Follow<Job>(value => value.Metadata);
        Follow<CronJob>(value => value.Metadata);
        Follow<ConfigMap>(value => value.Metadata);
        Follow<Secret>(value => value.Metadata);
        Follow<Service>(value => value.Metadata);
        Follow<EndpointSlice>(value => value.Metadata);
        Follow<Lease>(value => value.Metadata);
        Follow<Node>(value => value.Metadata);
    }

    /// <summary>The key's name is the UID of the object to look at.</summary>
    protected override async Task ReconcileAsync(ObjectName key, CancellationToken cancellationToken)
    {
        if (!_byUid.TryGetValue(key.Name, out var entry))
        {
            return;
        }

        if (entry.Metadata.DeletionTimestamp is not null)
        {
            await FinishAsync(entry, cancellationToken);
            return;
        }

        foreach (var owner in entry.Metadata.OwnerReferences)
        {
            if (!IsEndingInForeground(owner) && !await IsGoneAsync(owner, entry.Metadata.Namespace, cancellationToken))
            {
                return;
            }
        }

        if (entry.Metadata.OwnerReferences.Count > 0)
        {
            var isBlocking = entry.Metadata.OwnerReferences.Any(IsEndingInForeground) && HasDependents(entry.Metadata.Uid);
            await entry.DeleteAsync(this, isBlocking ? "Foreground" : "Background", cancellationToken);
        }
    }

    private bool HasDependents(string uid) => _byUid.Values.Any(other => other.Metadata.OwnerReferences.Any(owner => owner.Uid == uid));

    /// <summary>
    /// Whether the owner is not there: not seen by the watches, and not found by asking the API, since the watch of the owner's kind may
    /// be behind that of the dependent's. An owner of a kind that is not followed is taken to be there.
    /// </summary>
    private async Task<bool> IsGoneAsync(OwnerReference owner, string inNamespace, CancellationToken cancellationToken) =>
        _findUid.TryGetValue(owner.Kind, out var findUid)
        && !_byUid.ContainsKey(owner.Uid)
        && await findUid(inNamespace, owner.Name, cancellationToken) != owner.Uid;

    private bool IsEndingInForeground(OwnerReference owner) =>
        _byUid.TryGetValue(owner.Uid, out var entry)
        && entry.Metadata.DeletionTimestamp is not null
        && entry.Metadata.Finalizers.Contains(Foreground);

    private async Task FinishAsync(Entry entry, CancellationToken cancellationToken)
    {
        var dependents = _byUid.Values.Where(other => other.Metadata.OwnerReferences.Any(owner => owner.Uid == entry.Metadata.Uid)).ToList();
        if (entry.Metadata.Finalizers.Contains(Orphan))
        {
            foreach (var dependent in dependents)
            {
                await dependent.LetGoAsync(this, entry.Metadata.Uid, cancellationToken);
            }

            await entry.RemoveFinalizerAsync(this, Orphan, cancellationToken);
        }

        if (!entry.Metadata.Finalizers.Contains(Foreground))
        {
            return;
        }

        foreach (var dependent in dependents.Where(dependent => dependent.Metadata.DeletionTimestamp is null))
        {
            Queue.Add(Key(dependent.Metadata.Uid));
        }

        if (!dependents.Any(dependent => dependent.Metadata.OwnerReferences.Any(owner => owner.Uid == entry.Metadata.Uid && owner.BlockOwnerDeletion)))
        {
            await entry.RemoveFinalizerAsync(this, Foreground, cancellationToken);
        }
    }

    private void Follow<T>(Func<T, ObjectMeta> metadata)
        where T : class, IMessage<T>, new()
    {
        _findUid[typeof(T).Name] = async (inNamespace, name, cancellationToken) =>
            await Client.FindAsync<T>(typeof(T) == typeof(Node) ? "" : inNamespace, name, cancellationToken) is { } found ? metadata(found).Uid : null;
        Watch<T>(metadata, (type, value) => Take(type, new Entry<T>(metadata(value), metadata)));
    }

    private void Take(ApiWatchEventType type, Entry entry)
    {
        var uid = entry.Metadata.Uid;
        if (type != ApiWatchEventType.Deleted)
        {
            _byUid[uid] = entry;
            if (entry.Metadata.OwnerReferences.Count > 0 || entry.Metadata.Finalizers.Count > 0)
            {
                Queue.Add(Key(uid));
            }

            return;
        }

        _byUid.TryRemove(uid, out _);
        foreach (var dependent in _byUid.Values.Where(other => other.Metadata.OwnerReferences.Any(owner => owner.Uid == uid)))
        {
            Queue.Add(Key(dependent.Metadata.Uid));
        }

        foreach (var owner in entry.Metadata.OwnerReferences)
        {
            Queue.Add(Key(owner.Uid));
        }
    }

    private static ObjectName Key(string uid) => new("", uid);

    /// <summary>An object as the collector sees it: its metadata, and how to act on it.</summary>
    private abstract class Entry(ObjectMeta metadata)
    {
        public ObjectMeta Metadata { get; } = metadata;

        public abstract Task DeleteAsync(GarbageCollector collector, string propagation, CancellationToken cancellationToken);

        public abstract Task LetGoAsync(GarbageCollector collector, string ownerUid, CancellationToken cancellationToken);

        public abstract Task RemoveFinalizerAsync(GarbageCollector collector, string finalizer, CancellationToken cancellationToken);
    }

    private sealed class Entry<T>(ObjectMeta metadata, Func<T, ObjectMeta> metadataOf) : Entry(metadata)
        where T : class, IMessage<T>, new()
    {
        /// <summary>Asks the API once more before it deletes: an owner may have come that the watches have not shown yet.</summary>
        public override async Task DeleteAsync(GarbageCollector collector, string propagation, CancellationToken cancellationToken)
        {
            var live = await collector.Client.FindAsync<T>(Metadata.Namespace, Metadata.Name, cancellationToken);
            if (live is null || metadataOf(live).Uid != Metadata.Uid || !metadataOf(live).OwnerReferences.SequenceEqual(Metadata.OwnerReferences))
            {
                return;
            }

            var how = new ApiDelete(PropagationPolicy: propagation, PreconditionUid: Metadata.Uid);
            await collector.Client.DeleteAsync<T>(Metadata.Namespace, Metadata.Name, how, cancellationToken);
        }

        public override Task LetGoAsync(GarbageCollector collector, string ownerUid, CancellationToken cancellationToken) =>
            ChangeAsync(collector, metadata => Remove(metadata.OwnerReferences, owner => owner.Uid == ownerUid), cancellationToken);

        public override Task RemoveFinalizerAsync(GarbageCollector collector, string finalizer, CancellationToken cancellationToken) =>
            ChangeAsync(collector, metadata => Remove(metadata.Finalizers, name => name == finalizer), cancellationToken);

        private async Task ChangeAsync(GarbageCollector collector, Func<ObjectMeta, bool> change, CancellationToken cancellationToken)
        {
            var live = await collector.Client.FindAsync<T>(Metadata.Namespace, Metadata.Name, cancellationToken);
            if (live is not null && metadataOf(live).Uid == Metadata.Uid && change(metadataOf(live)))
            {
                await collector.Client.UpdateAsync(live, cancellationToken);
            }
        }

        private static bool Remove<TItem>(ICollection<TItem> items, Func<TItem, bool> which)
        {
            var found = items.Where(which).ToList();
            found.ForEach(item => items.Remove(item));
            return found.Count > 0;
        }
    }
}
