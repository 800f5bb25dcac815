using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Controllers.Machinery;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Kubernetes.Controllers.Daemons;

/// <summary>
/// Keeps one pod of each daemon set on each node that it fits (<see cref="DaemonPlan"/> decides), and reports. Any change of a node is a
/// reason to look again at all of them.
/// </summary>
public sealed class DaemonSetController : Controller
{
    private const string Kind = "DaemonSet";
    private const string ApiVersion = "apps/v1";

    private readonly FailureBackoff _failures = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15));
    private readonly ObjectWatch<Node> _nodes;
    private readonly PodWriter _podWriter;

    public DaemonSetController(IApiClient client, TimeProvider time, ILogger<DaemonSetController> logger)
        : base(client, time, logger)
    {
        _podWriter = new PodWriter(client, new EventWriter(client, "daemonset-controller", time));
        var sets = Watch<DaemonSet>(set => set.Metadata, (_, set) => Queue.Add(ObjectName.Of(set.Metadata)));
        Watch<Pod>(pod => pod.Metadata, (_, pod) => AddController(pod.Metadata, Kind));
        _nodes = Watch<Node>(node => node.Metadata, (_, _) =>
        {
            foreach (var set in sets.Objects)
            {
                Queue.Add(ObjectName.Of(set.Metadata));
            }
        });
    }

    protected override async Task ReconcileAsync(ObjectName key, CancellationToken cancellationToken)
    {
        if (await Client.FindAsync<DaemonSet>(key.Namespace, key.Name, cancellationToken) is not { Metadata.DeletionTimestamp: null } set)
        {
            return;
        }

        var hash = TemplateHash.Of(set.Spec.Template, 0);
        var plan = DaemonPlan.Of(set, hash, [.. _nodes.Objects], await PodsAsync(set, cancellationToken), Time.GetUtcNow());
        var owner = EventWriter.About(ApiVersion, Kind, set.Metadata);
        foreach (var pod in plan.Delete.Where(pod => MayGo(pod, key)))
        {
            await _podWriter.DeleteAsync(pod, owner, cancellationToken);
        }

        foreach (var node in plan.Create)
        {
            await _podWriter.CreateAsync(DaemonPod.For(set, hash, node), owner, cancellationToken);
        }

        await ReportAsync(set, hash, plan, await PodsAsync(set, cancellationToken), cancellationToken);
    }

    /// <summary>A failed pod stands in its successor's way for a while, so that one that cannot run is not made anew without pause.</summary>
    private bool MayGo(Pod pod, ObjectName key)
    {
        if (!PodState.IsFinished(pod))
        {
            return true;
        }

        var wait = _failures.Take($"{key}/{DaemonPod.NodeOf(pod)}", Time.GetUtcNow());
        if (wait > TimeSpan.Zero)
        {
            Queue.AddAfter(key, wait);
        }

        return wait <= TimeSpan.Zero;
    }

    private async Task<List<Pod>> PodsAsync(DaemonSet set, CancellationToken cancellationToken)
    {
        var all = await Client.ListAsync<Pod>(new ApiSelection(set.Metadata.Namespace), cancellationToken);
        return [.. all.Items.Where(pod => Owners.IsControlledBy(pod.Metadata, set.Metadata))];
    }

    private async Task ReportAsync(DaemonSet set, string hash, DaemonPlan plan, List<Pod> pods, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var active = pods.Where(PodState.IsActive).ToLookup(pod => plan.Wanted.Contains(DaemonPod.NodeOf(pod)));
        var available = active[true].Count(pod => PodState.IsAvailable(pod, set.Spec.MinReadySeconds, now));
        var status = new DaemonSetStatus
        {
            CurrentNumberScheduled = active[true].Count(),
            NumberMisscheduled = active[false].Count(),
            DesiredNumberScheduled = plan.Wanted.Count,
            NumberReady = active[true].Count(PodState.IsReady),
            ObservedGeneration = set.Metadata.Generation,
            UpdatedNumberScheduled = active[true].Count(pod => DaemonPod.IsOf(pod, hash)),
            NumberAvailable = available,
            NumberUnavailable = plan.Wanted.Count - available,
        };
        if (available < status.NumberReady)
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
