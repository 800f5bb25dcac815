using Harness.Kubernetes.Objects.Coordination.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Controllers.Machinery;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Kubernetes.Controllers;

/// <summary>
/// Watches over nodes by their leases: one that has not renewed for the grace period has its conditions set to Unknown, gets
/// the unreachable taints, its pods become not ready and, once their tolerations have run out, are deleted. A node that
/// renews again loses the taints.
/// </summary>
public sealed class NodeLifecycleController : Controller
{
    private const string LeaseNamespace = "kube-node-lease";
    private const string Unreachable = "node.kubernetes.io/unreachable";
    private const string NotReady = "node.kubernetes.io/not-ready";

    /// <summary>How long a node's lease may go without renewal; kube-controller-manager's default.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly ObjectWatch<Lease> _leases;
    private readonly ObjectWatch<Pod> _pods;
    private readonly EventWriter _events;

    public NodeLifecycleController(IApiClient client, TimeProvider time, ILogger<NodeLifecycleController> logger)
        : base(client, time, logger)
    {
        _events = new EventWriter(client, "node-controller", time);
        _leases = Watch<Lease>(lease => lease.Metadata, (_, _) => { });
        _pods = Watch<Pod>(pod => pod.Metadata, (_, _) => { });
        Watch<Node>(node => node.Metadata, (_, node) => Queue.Add(ObjectName.Of(node.Metadata)));
    }

    protected override async Task ReconcileAsync(ObjectName key, CancellationToken cancellationToken)
    {
        if (await Client.FindAsync<Node>("", key.Name, cancellationToken) is not { } node)
        {
            await DeletePodsOfGoneNodeAsync(key.Name, cancellationToken);
            return;
        }

        var verdict = NodeVerdict.Of(node, _leases.Find(LeaseNamespace, key.Name), Time.GetUtcNow(), GracePeriod);
        if (verdict.IsLost)
        {
            await MarkLostAsync(node, cancellationToken);
        }

        await TaintAsync(node, verdict, cancellationToken);
        await EvictAsync(node, cancellationToken);
        Queue.AddAfter(key, Period);
    }

    private async Task MarkLostAsync(Node node, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var known = node.Status.Conditions.Where(condition => condition.Status != "Unknown").ToList();
        if (known.Count == 0)
        {
            return;
        }

        foreach (var condition in known)
        {
            condition.Status = "Unknown";
            condition.Reason = "NodeStatusUnknown";
            condition.Message = "Kubelet stopped posting node status.";
            condition.LastTransitionTime = Stamp(now);
        }

        node.Metadata.ResourceVersion = (await Client.UpdateStatusAsync(node, cancellationToken)).Metadata.ResourceVersion;
        await _events.WriteAsync(EventWriter.About("v1", "Node", node.Metadata), false, "NodeNotReady", $"Node {node.Metadata.Name} status is now: NodeNotReady", cancellationToken);
        foreach (var pod in _pods.Objects.Where(pod => pod.Spec.NodeName == node.Metadata.Name && PodState.IsReady(pod)).ToList())
        {
            await MarkNotReadyAsync(pod.Clone(), now, cancellationToken);
        }
    }

    private async Task MarkNotReadyAsync(Pod pod, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ready = PodState.ReadyCondition(pod)!;
        ready.Status = "False";
        ready.LastTransitionTime = Stamp(now);
        await Client.UpdateStatusAsync(pod, cancellationToken);
    }

    private async Task TaintAsync(Node node, NodeVerdict verdict, CancellationToken cancellationToken)
    {
        var wanted = verdict.TaintKey is { } key
            ? (Taint[])[new Taint { Key = key, Effect = "NoSchedule" }, new Taint { Key = key, Effect = "NoExecute", TimeAdded = Stamp(Time.GetUtcNow()) }]
            : [];
        var ours = node.Spec.Taints.Where(taint => taint.Key is Unreachable or NotReady).ToList();
        if (ours.Select(taint => (taint.Key, taint.Effect)).SequenceEqual(wanted.Select(taint => (taint.Key, taint.Effect))))
        {
            return;
        }

        ours.ForEach(taint => node.Spec.Taints.Remove(taint));
        node.Spec.Taints.Add(wanted);
        node.Metadata.ResourceVersion = (await Client.UpdateAsync(node, cancellationToken)).Metadata.ResourceVersion;
    }

    /// <summary>Deletes the pods whose toleration of a NoExecute taint has run out.</summary>
    private async Task EvictAsync(Node node, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        foreach (var taint in node.Spec.Taints.Where(taint => taint is { Effect: "NoExecute", TimeAdded: not null }))
        {
            var evicted = _pods.Objects.Where(pod =>
                pod.Spec.NodeName == node.Metadata.Name && pod.Metadata.DeletionTimestamp is null && Eviction.IsDue(pod, taint, now)).ToList();
            foreach (var pod in evicted)
            {
                await _events.WriteAsync(EventWriter.About("v1", "Pod", pod.Metadata), false, "TaintManagerEviction", $"Marking for deletion Pod {pod.Metadata.Namespace}/{pod.Metadata.Name}", cancellationToken);
                await Client.DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, new ApiDelete(PreconditionUid: pod.Metadata.Uid), cancellationToken);
            }
        }
    }

    private async Task DeletePodsOfGoneNodeAsync(string node, CancellationToken cancellationToken)
    {
        foreach (var pod in _pods.Objects.Where(pod => pod.Spec.NodeName == node).ToList())
        {
            var how = new ApiDelete(GracePeriodSeconds: 0, PreconditionUid: pod.Metadata.Uid);
            await Client.DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, how, cancellationToken);
        }
    }

    private static Time Stamp(DateTimeOffset moment) => Harness.Kubernetes.Objects.Meta.V1.Time.Of(moment);
}
