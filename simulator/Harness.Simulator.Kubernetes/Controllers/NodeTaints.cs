using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Simulator.Kubernetes.Controllers;

/// <summary>The taints that a node must have because of its state; all others are somebody else's. Pure.</summary>
internal static class NodeTaints
{
    public const string NotReady = "node.kubernetes.io/not-ready";
    public const string Unreachable = "node.kubernetes.io/unreachable";
    public const string Unschedulable = "node.kubernetes.io/unschedulable";
    public const string NoSchedule = "NoSchedule";
    public const string NoExecute = "NoExecute";

    private static readonly (string Condition, string Key)[] Pressures =
    [
        ("MemoryPressure", "node.kubernetes.io/memory-pressure"),
        ("DiskPressure", "node.kubernetes.io/disk-pressure"),
        ("PIDPressure", "node.kubernetes.io/pid-pressure"),
        ("NetworkUnavailable", "node.kubernetes.io/network-unavailable"),
    ];

    /// <summary>The node's taints as they should be; null when they are.</summary>
    public static IReadOnlyList<Taint>? Correct(Node node, NodeVerdict verdict, DateTimeOffset now)
    {
        var wanted = Wanted(node, verdict).ToList();
        var isOurs = (Taint taint) => taint.Key is NotReady or Unreachable or Unschedulable
            ? taint.Effect is NoSchedule or NoExecute
            : taint.Effect == NoSchedule && Pressures.Any(pressure => pressure.Key == taint.Key);
        var kept = node.Spec.Taints.Where(taint => !isOurs(taint) || wanted.Contains((taint.Key, taint.Effect))).ToList();
        var missing = wanted.Where(want => !kept.Exists(taint => (taint.Key, taint.Effect) == want)).ToList();
        if (missing.Count == 0 && kept.Count == node.Spec.Taints.Count)
        {
            return null;
        }

        return [.. kept, .. missing.Select(want => new Taint { Key = want.Key, Effect = want.Effect, TimeAdded = Time.Of(now) })];
    }

    private static IEnumerable<(string Key, string Effect)> Wanted(Node node, NodeVerdict verdict)
    {
        if (verdict.TaintKey is { } key)
        {
            yield return (key, NoSchedule);
            yield return (key, NoExecute);
        }

        if (node.Spec.Unschedulable)
        {
            yield return (Unschedulable, NoSchedule);
        }

        foreach (var (condition, pressure) in Pressures)
        {
            if (node.Status?.Conditions.Any(candidate => candidate.Type == condition && candidate.Status == "True") == true)
            {
                yield return (pressure, NoSchedule);
            }
        }
    }
}
