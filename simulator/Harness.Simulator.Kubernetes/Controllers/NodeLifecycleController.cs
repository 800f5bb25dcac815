using Harness.Kubernetes.Objects.Coordination.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Controllers.Machinery;
using Harness.Simulator.Kubernetes.Errors;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Kubernetes.Controllers;

/// <summary>
/// Watches over nodes by their leases: one that has not renewed for the grace period has its conditions set to Unknown, gets
/// the unreachable taints, its pods become not ready and, once their tolerations have run out, are deleted. A node that
/// renews again loses the taints. Pods of a node that was deleted are deleted without grace.
/// </summary>
public sealed class NodeLifecycleController : Controller
{
    private const string LeaseNamespace = "kube-node-lease";

    /// <summary>How long a node's lease may go without renewal; kube-controller-manager's default.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <summary>What a kubelet reports and loses when it falls silent; other conditions belong to others.</summary>
    private static readonly string[] KubeletConditions = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

    private readonly Dictionary<(string Node, string Key, string Value), DateTimeOffset> _seen = [];
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

        var verdict = await JudgeAsync(node, cancellationToken);
        if (verdict.IsLost)
        {
            await MarkLostAsync(node, cancellationToken);
            await MarkPodsNotReadyAsync(key.Name, cancellationToken);
        }

        await TaintAsync(node, verdict, cancellationToken);
        await EvictAsync(node, cancellationToken);
        Queue.AddAfter(key, Period);
    }

    /// <summary>By the lease as the watch saw it last; a node is called lost only after the API was asked once more, since the watch may be behind.</summary>
    private async Task<NodeVerdict> JudgeAsync(Node node, CancellationToken cancellationToken)
    {
        var verdict = NodeVerdict.Of(node, _leases.Find(LeaseNamespace, node.Metadata.Name), Time.GetUtcNow(), GracePeriod);
        return verdict.IsLost
            ? NodeVerdict.Of(node, await Client.FindAsync<Lease>(LeaseNamespace, node.Metadata.Name, cancellationToken), Time.GetUtcNow(), GracePeriod)
            : verdict;
    }

    /// <summary>Nobody vouches any more for what the kubelet reported last.</summary>
    private async Task MarkLostAsync(Node node, CancellationToken cancellationToken)
    {
        var known = node.Status.Conditions.Where(condition => KubeletConditions.Contains(condition.Type) && condition.Status != "Unknown").ToList();
        if (known.Count == 0)
        {
            return;
        }

        foreach (var condition in known)
        {
            condition.Status = "Unknown";
            condition.Reason = "NodeStatusUnknown";
            condition.Message = "Kubelet stopped posting node status.";
            condition.LastTransitionTime = Stamp(Time.GetUtcNow());
        }

        node.Metadata.ResourceVersion = (await Client.UpdateStatusAsync(node, cancellationToken)).Metadata.ResourceVersion;
        await _events.WriteAsync(EventWriter.About("v1", "Node", node.Metadata), false, "NodeNotReady", $"Node {node.Metadata.Name} status is now: NodeNotReady", cancellationToken);
    }

    private async Task MarkPodsNotReadyAsync(string node, CancellationToken cancellationToken)
    {
        foreach (var name in _pods.Objects.Where(pod => pod.Spec.NodeName == node && PodState.IsReady(pod)).Select(pod => ObjectName.Of(pod.Metadata)).ToList())
        {
            if (await Client.FindAsync<Pod>(name.Namespace, name.Name, cancellationToken) is not { } pod || PodState.ReadyCondition(pod) is not { Status: "True" } ready)
            {
                continue;
            }

            ready.Status = "False";
            ready.LastTransitionTime = Stamp(Time.GetUtcNow());
            await Client.UpdateStatusAsync(pod, cancellationToken);
        }
    }

    private async Task TaintAsync(Node node, NodeVerdict verdict, CancellationToken cancellationToken)
    {
        if (NodeTaints.Correct(node, verdict, Time.GetUtcNow()) is not { } taints)
        {
            return;
        }

        node.Spec.Taints.Clear();
        node.Spec.Taints.Add(taints);
        node.Metadata.ResourceVersion = (await Client.UpdateAsync(node, cancellationToken)).Metadata.ResourceVersion;
    }

    /// <summary>Deletes the pods whose toleration of a NoExecute taint has run out.</summary>
    private async Task EvictAsync(Node node, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var taints = node.Spec.Taints.Where(taint => taint.Effect == NodeTaints.NoExecute).ToList();
        foreach (var gone in _seen.Keys.Where(seen => seen.Node == node.Metadata.Name && !taints.Exists(taint => (taint.Key, taint.Value) == (seen.Key, seen.Value))).ToList())
        {
            _seen.Remove(gone);
        }

        foreach (var taint in taints)
        {
            var since = Since(node.Metadata.Name, taint, now);
            var evicted = _pods.Objects.Where(pod =>
                pod.Spec.NodeName == node.Metadata.Name && pod.Metadata.DeletionTimestamp is null && Eviction.IsDue(pod, taint, since, now)).ToList();
            foreach (var pod in evicted)
            {
                await _events.WriteAsync(EventWriter.About("v1", "Pod", pod.Metadata), false, "TaintManagerEviction", $"Marking for deletion Pod {pod.Metadata.Namespace}/{pod.Metadata.Name}", cancellationToken);
                await DeleteAsync(pod, null, cancellationToken);
            }
        }
    }

    /// <summary>When the taint was added; of one that does not say (a person's), when it was first seen here.</summary>
    private DateTimeOffset Since(string node, Taint taint, DateTimeOffset now)
    {
        if (taint.TimeAdded is { } added)
        {
            return added.ToDateTimeOffset();
        }

        var key = (node, taint.Key, taint.Value);
        return _seen.TryGetValue(key, out var since) ? since : _seen[key] = now;
    }

    private async Task DeletePodsOfGoneNodeAsync(string node, CancellationToken cancellationToken)
    {
        foreach (var pod in _pods.Objects.Where(pod => pod.Spec.NodeName == node).ToList())
        {
            await DeleteAsync(pod, 0, cancellationToken);
        }
    }

    private async Task DeleteAsync(Pod pod, long? graceSeconds, CancellationToken cancellationToken)
    {
        try
        {
            var how = new ApiDelete(GracePeriodSeconds: graceSeconds, PreconditionUid: pod.Metadata.Uid);
            await Client.DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, how, cancellationToken);
        }
        catch (ApiStatusException refusal) when (refusal.IsNotFound || refusal.IsConflict)
        {
            // Gone already; the watch has not shown it yet.
        }
    }

    private static Time Stamp(DateTimeOffset moment) => Harness.Kubernetes.Objects.Meta.V1.Time.Of(moment);
}
