using System.Globalization;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Simulator.Kubernetes.Scheduling;

/// <summary>Where a pod goes, or why it goes nowhere. Pure.</summary>
/// <param name="Node">The node, or null.</param>
/// <param name="Message">Why there is none, in kube-scheduler's form.</param>
internal sealed record Placement(string? Node, string Message)
{
    /// <summary>Puts the pod on the emptiest node that fits, and takes its demand there.</summary>
    public static Placement Find(Pod pod, IReadOnlyList<NodeSlot> slots)
    {
        if (slots.Count == 0)
        {
            return new Placement(null, "no nodes available to schedule pods");
        }

        var demand = ResourceDemand.Of(pod.Spec);
        var judged = slots.Select(slot => (Slot: slot, Against: NodeFit.ReasonsAgainst(pod, demand, slot))).ToList();
        var best = judged.Where(entry => entry.Against.Count == 0).Select(entry => entry.Slot).MinBy(slot => slot.Load);
        if (best is null)
        {
            return new Placement(null, Explain(judged.Select(entry => entry.Against), slots.Count));
        }

        best.Take(demand);
        return new Placement(best.Node.Metadata.Name, "");
    }

    private static string Explain(IEnumerable<IReadOnlyList<string>> against, int nodes)
    {
        var counted = against.SelectMany(reasons => reasons)
            .GroupBy(reason => reason)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}"))
            .Order(StringComparer.Ordinal);
        return $"0/{nodes} nodes are available: {string.Join(", ", counted)}.";
    }
}
