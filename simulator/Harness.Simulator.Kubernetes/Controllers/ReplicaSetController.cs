using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Controllers.Machinery;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Kubernetes.Controllers;

/// <summary>
/// Keeps as many pods of each replica set as it asks for: creates the missing, deletes the surplus, adopts those without an
/// owner that its selector meets, and reports. Lists the pods afresh for each decision, so it never acts on a stale count.
/// </summary>
public sealed class ReplicaSetController : Controller
{
    private const string Kind = "ReplicaSet";
    private const string ApiVersion = "apps/v1";

    private readonly PodWriter _podWriter;

    public ReplicaSetController(IApiClient client, TimeProvider time, ILogger<ReplicaSetController> logger)
        : base(client, time, logger)
    {
        _podWriter = new PodWriter(client, new EventWriter(client, "replicaset-controller", time));
        var sets = Watch<ReplicaSet>(set => set.Metadata, (_, set) => Queue.Add(ObjectName.Of(set.Metadata)));
        Watch<Pod>(pod => pod.Metadata, (_, pod) =>
        {
            AddController(pod.Metadata, Kind);
            if (pod.Metadata.OwnerReferences.Count == 0)
            {
                foreach (var set in sets.Objects.Where(set => Selects(set, pod)))
                {
                    Queue.Add(ObjectName.Of(set.Metadata));
                }
            }
        });
    }

    protected override async Task ReconcileAsync(ObjectName key, CancellationToken cancellationToken)
    {
        if (await Client.FindAsync<ReplicaSet>(key.Namespace, key.Name, cancellationToken) is not { } set)
        {
            return;
        }

        var pods = await ClaimAsync(set, cancellationToken);
        if (set.Metadata.DeletionTimestamp is null)
        {
            pods = await ScaleAsync(set, pods, cancellationToken);
        }

        await ReportAsync(set, pods, cancellationToken);
    }

    private static bool Selects(ReplicaSet set, Pod pod) =>
        set.Metadata.Namespace == pod.Metadata.Namespace && LabelMatch.Matches(set.Spec.Selector, pod.Metadata.Labels);

    /// <summary>The set's unfinished pods, after orphans that it selects were adopted and pods that it no longer selects were let go.</summary>
    private async Task<List<Pod>> ClaimAsync(ReplicaSet set, CancellationToken cancellationToken)
    {
        var all = await Client.ListAsync<Pod>(new ApiSelection(set.Metadata.Namespace), cancellationToken);
        var mine = all.Items.Where(pod => Owners.IsControlledBy(pod.Metadata, set.Metadata)).ToList();
        foreach (var stranger in mine.Where(pod => PodState.IsActive(pod) && !Selects(set, pod)).ToList())
        {
            stranger.Metadata.OwnerReferences.Remove(Owners.ControllerOf(stranger.Metadata));
            await Client.UpdateAsync(stranger, cancellationToken);
            mine.Remove(stranger);
        }

        if (set.Metadata.DeletionTimestamp is not null)
        {
            return [.. mine.Where(PodState.IsActive)];
        }

        foreach (var orphan in all.Items.Where(pod => Owners.ControllerOf(pod.Metadata) is null && PodState.IsActive(pod) && Selects(set, pod)))
        {
            orphan.Metadata.OwnerReferences.Add(Owners.Controller(ApiVersion, Kind, set.Metadata));
            mine.Add(await Client.UpdateAsync(orphan, cancellationToken));
        }

        return [.. mine.Where(PodState.IsActive)];
    }

    private async Task<List<Pod>> ScaleAsync(ReplicaSet set, List<Pod> pods, CancellationToken cancellationToken)
    {
        var missing = set.Spec.Replicas - pods.Count;
        for (var created = 0; created < missing; created++)
        {
            pods.Add(await CreatePodAsync(set, cancellationToken));
        }

        if (missing >= 0)
        {
            return pods;
        }

        var surplus = PodRanking.DeletionOrder(pods).Take(-missing).ToList();
        foreach (var pod in surplus)
        {
            await _podWriter.DeleteAsync(pod, EventWriter.About(ApiVersion, Kind, set.Metadata), cancellationToken);
        }

        return [.. pods.Except(surplus)];
    }

    private async Task<Pod> CreatePodAsync(ReplicaSet set, CancellationToken cancellationToken)
    {
        var template = set.Spec.Template.Clone();
        var metadata = template.Metadata ?? new ObjectMeta();
        metadata.Namespace = set.Metadata.Namespace;
        metadata.GenerateName = set.Metadata.Name + "-";
        metadata.OwnerReferences.Add(Owners.Controller(ApiVersion, Kind, set.Metadata));
        return await _podWriter.CreateAsync(new Pod { Metadata = metadata, Spec = template.Spec }, EventWriter.About(ApiVersion, Kind, set.Metadata), cancellationToken);
    }

    private async Task ReportAsync(ReplicaSet set, List<Pod> pods, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var status = new ReplicaSetStatus
        {
            Replicas = pods.Count,
            FullyLabeledReplicas = pods.Count(pod => set.Spec.Template.Metadata.Labels.All(label => pod.Metadata.Labels.GetValueOrDefault(label.Key) == label.Value)),
            ReadyReplicas = pods.Count(PodState.IsReady),
            AvailableReplicas = pods.Count(pod => PodState.IsAvailable(pod, set.Spec.MinReadySeconds, now)),
            ObservedGeneration = set.Metadata.Generation,
        };
        if (status.AvailableReplicas < status.ReadyReplicas)
        {
            Queue.AddAfter(ObjectName.Of(set.Metadata), TimeSpan.FromSeconds(set.Spec.MinReadySeconds));
        }

        if (!status.Equals(set.Status))
        {
            set.Status = status;
            await Client.UpdateStatusAsync(set, cancellationToken);
        }
    }
}
