using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Controllers.Machinery;

namespace Harness.Simulator.Kubernetes.Controllers.Daemons;

/// <summary>
/// The pod of a daemon set for one node: its template, tied to the node by an affinity on the node's name, and tolerating what no daemon
/// minds. The scheduler binds it. Pure.
/// </summary>
internal static class DaemonPod
{
    private const string HashLabel = "controller-revision-hash";
    private const string NameField = "metadata.name";

    private static readonly (string Key, string Effect)[] Tolerated =
    [
        (NodeTaints.NotReady, NodeTaints.NoExecute),
        (NodeTaints.Unreachable, NodeTaints.NoExecute),
        ("node.kubernetes.io/disk-pressure", NodeTaints.NoSchedule),
        ("node.kubernetes.io/memory-pressure", NodeTaints.NoSchedule),
        ("node.kubernetes.io/pid-pressure", NodeTaints.NoSchedule),
        (NodeTaints.Unschedulable, NodeTaints.NoSchedule),
    ];

    /// <summary>With no node's name, the pod as it would be for any node.</summary>
    public static Pod For(DaemonSet set, string hash, string node)
    {
        var template = set.Spec.Template.Clone();
        var pod = new Pod { Metadata = template.Metadata ?? new ObjectMeta(), Spec = template.Spec ?? new PodSpec() };
        pod.Metadata.Namespace = set.Metadata.Namespace;
        pod.Metadata.GenerateName = set.Metadata.Name + "-";
        pod.Metadata.Labels[HashLabel] = hash;
        pod.Metadata.OwnerReferences.Add(Owners.Controller("apps/v1", "DaemonSet", set.Metadata));
        foreach (var (key, effect) in pod.Spec.HostNetwork ? [.. Tolerated, ("node.kubernetes.io/network-unavailable", NodeTaints.NoSchedule)] : Tolerated)
        {
            pod.Spec.Tolerations.Add(new Toleration { Key = key, Operator = "Exists", Effect = effect });
        }

        if (node.Length > 0)
        {
            TieTo(pod.Spec, node);
        }

        return pod;
    }

    /// <summary>The node that the pod is on, or is to be on.</summary>
    public static string NodeOf(Pod pod) => pod.Spec.NodeName.Length > 0
        ? pod.Spec.NodeName
        : pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms
            .SelectMany(term => term.MatchFields).FirstOrDefault(field => field.Key == NameField)?.Values.FirstOrDefault() ?? "";

    public static bool IsOf(Pod pod, string hash) => pod.Metadata.Labels.TryGetValue(HashLabel, out var label) && label == hash;

    private static void TieTo(PodSpec spec, string node)
    {
        spec.Affinity ??= new Affinity();
        spec.Affinity.NodeAffinity ??= new NodeAffinity();
        var required = spec.Affinity.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution ??= new NodeSelector();
        if (required.NodeSelectorTerms.Count == 0)
        {
            required.NodeSelectorTerms.Add(new NodeSelectorTerm());
        }

        foreach (var term in required.NodeSelectorTerms)
        {
            term.MatchFields.Clear();
            term.MatchFields.Add(new NodeSelectorRequirement { Key = NameField, Operator = "In", Values = { node } });
        }
    }
}
