using System.Globalization;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Simulator.Kubernetes.Scheduling;

/// <summary>Whether a pod may run on a node, and if not, why, in kube-scheduler's words. Pure.</summary>
internal static class NodeFit
{
    /// <summary>The reasons against the node; none when it fits.</summary>
    public static IReadOnlyList<string> ReasonsAgainst(Pod pod, ResourceDemand demand, NodeSlot slot)
    {
        var node = slot.Node;
        if (node.Spec is { Unschedulable: true } && !Tolerates(pod, new Taint { Key = "node.kubernetes.io/unschedulable", Effect = "NoSchedule" }))
        {
            return ["node(s) were unschedulable"];
        }

        if (node.Spec?.Taints.FirstOrDefault(taint => taint.Effect is "NoSchedule" or "NoExecute" && !Tolerates(pod, taint)) is { } taint)
        {
            return [$"node(s) had untolerated taint {{{taint.Key}: {taint.Value}}}"];
        }

        if (!MatchesSelector(pod.Spec, node))
        {
            return ["node(s) didn't match Pod's node affinity/selector"];
        }

        return [.. slot.Lacking(demand).Select(name => name == ResourceDemand.Pods ? "Too many pods" : $"Insufficient {name}")];
    }

    /// <summary>Whether one of the pod's tolerations covers the taint.</summary>
    public static bool Tolerates(Pod pod, Taint taint) => pod.Spec.Tolerations.Any(toleration => Tolerates(toleration, taint));

    public static bool Tolerates(Toleration toleration, Taint taint) =>
        (toleration.Effect.Length == 0 || toleration.Effect == taint.Effect)
        && (toleration.Key.Length == 0 ? toleration.Operator == "Exists" : toleration.Key == taint.Key)
        && (toleration.Operator == "Exists" || toleration.Value == taint.Value);

    /// <summary>Whether the node has the labels and the name that the pod asks for.</summary>
    public static bool MatchesSelector(PodSpec spec, Node node) =>
        spec.NodeSelector.All(wanted => node.Metadata.Labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value)
        && (spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is not { } required
            || required.NodeSelectorTerms.Any(term => Matches(term, node)));

    private static bool Matches(NodeSelectorTerm term, Node node) =>
        term.MatchExpressions.Count + term.MatchFields.Count > 0
        && term.MatchExpressions.All(requirement => Matches(requirement, Value(node.Metadata, requirement.Key)))
        && term.MatchFields.All(requirement => Matches(requirement, requirement.Key == "metadata.name" ? node.Metadata.Name : null));

    private static string? Value(ObjectMeta metadata, string key) => metadata.Labels.TryGetValue(key, out var value) ? value : null;

    private static bool Matches(NodeSelectorRequirement requirement, string? value) => requirement.Operator switch
    {
        "In" => value is not null && requirement.Values.Contains(value),
        "NotIn" => value is null || !requirement.Values.Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        "Gt" => Compare(requirement, value) > 0,
        "Lt" => Compare(requirement, value) < 0,
        _ => false,
    };

    private static int Compare(NodeSelectorRequirement requirement, string? value) =>
        long.TryParse(value, CultureInfo.InvariantCulture, out var actual)
        && long.TryParse(requirement.Values.FirstOrDefault(), CultureInfo.InvariantCulture, out var bound)
            ? actual.CompareTo(bound)
            : 0;
}
