using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.IntStr;
using Harness.Simulator.Kubernetes.Controllers.Machinery;
using Harness.Simulator.Kubernetes.Scheduling;

namespace Harness.Simulator.Kubernetes.Controllers.Daemons;

/// <summary>
/// Which nodes a daemon set needs a pod on, and which of its pods are to go: those on nodes that it does not fit any more, doubles, failed
/// ones, and, step by step, those of an older template. Pure.
/// </summary>
/// <param name="Create">Names of the nodes that need a pod.</param>
/// <param name="Delete">The pods to delete.</param>
/// <param name="Wanted">Names of the nodes that shall have a pod.</param>
internal sealed record DaemonPlan(IReadOnlyList<string> Create, IReadOnlyList<Pod> Delete, IReadOnlySet<string> Wanted)
{
    public static DaemonPlan Of(DaemonSet set, string hash, IReadOnlyList<Node> nodes, IReadOnlyList<Pod> pods, DateTimeOffset now)
    {
        var daemon = DaemonPod.For(set, hash, "");
        var wanted = nodes.Where(node => node.Metadata.DeletionTimestamp is null && Fits(daemon, node)).Select(node => node.Metadata.Name).ToHashSet();
        var stays = nodes.Where(node => wanted.Contains(node.Metadata.Name) || !IsDrivenAway(daemon, node)).Select(node => node.Metadata.Name).ToHashSet();
        var create = new List<string>();
        var delete = new List<Pod>();
        var byNode = pods.ToLookup(DaemonPod.NodeOf);
        foreach (var node in nodes.Select(node => node.Metadata.Name))
        {
            var there = byNode[node].Where(pod => pod.Metadata.DeletionTimestamp is null).OrderBy(pod => pod.Metadata.CreationTimestamp?.Seconds ?? 0).ToList();
            var running = there.Where(pod => !PodState.IsFinished(pod)).ToList();
            delete.AddRange(there.Where(PodState.IsFinished));
            delete.AddRange(wanted.Contains(node) || (stays.Contains(node) && running.Exists(pod => pod.Spec.NodeName.Length > 0)) ? running.Skip(1) : running);
            if (wanted.Contains(node) && there.Count == 0 && byNode[node].All(PodState.IsFinished))
            {
                create.Add(node);
            }
        }

        delete.AddRange(Outdated(set, hash, wanted, byNode, now).Except(delete));
        return new DaemonPlan(create, delete, wanted);
    }

    private static bool Fits(Pod daemon, Node node) =>
        NodeFit.MatchesSelector(daemon.Spec, node)
        && node.Spec.Taints.All(taint => taint.Effect is not (NodeTaints.NoSchedule or NodeTaints.NoExecute) || NodeFit.Tolerates(daemon, taint));

    /// <summary>Labels that no longer match, or a NoExecute taint; a NoSchedule taint leaves a running pod alone.</summary>
    private static bool IsDrivenAway(Pod daemon, Node node) =>
        !NodeFit.MatchesSelector(daemon.Spec, node)
        || node.Spec.Taints.Any(taint => taint.Effect == NodeTaints.NoExecute && !NodeFit.Tolerates(daemon, taint));

    /// <summary>Pods of an older template that may go now: unavailable ones at once, others as maxUnavailable allows.</summary>
    private static List<Pod> Outdated(DaemonSet set, string hash, HashSet<string> wanted, ILookup<string, Pod> byNode, DateTimeOffset now)
    {
        if (set.Spec.UpdateStrategy?.Type == "OnDelete")
        {
            return [];
        }

        var active = wanted.SelectMany(node => byNode[node]).Where(PodState.IsActive).ToList();
        var outdated = active.Where(pod => !DaemonPod.IsOf(pod, hash)).ToLookup(pod => PodState.IsAvailable(pod, set.Spec.MinReadySeconds, now));
        var unavailable = wanted.Count - active.Count(pod => PodState.IsAvailable(pod, set.Spec.MinReadySeconds, now));
        var allowed = Math.Max(0, MaximumUnavailable(set, wanted.Count) - unavailable);
        return [.. outdated[false], .. outdated[true].Take(allowed)];
    }

    private static int MaximumUnavailable(DaemonSet set, int wanted) =>
        Math.Max(1, (set.Spec.UpdateStrategy?.RollingUpdate?.MaxUnavailable ?? IntOrString.Of(1)).Resolve(wanted, roundUp: true));
}
