using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Controllers.Machinery;

namespace Harness.Simulator.Kubernetes.Controllers;

/// <summary>Which pods go first when there are too many: those whose loss costs least. Pure.</summary>
internal static class PodRanking
{
    /// <summary>Unbound before bound, pending before running, not ready before ready, cheaper before dearer, lately ready before long ready, restarted before steady, younger before older.</summary>
    public static IEnumerable<Pod> DeletionOrder(IEnumerable<Pod> pods) => pods
        .OrderBy(pod => pod.Spec.NodeName.Length > 0)
        .ThenBy(pod => pod.Status?.Phase == "Running")
        .ThenBy(PodState.IsReady)
        .ThenBy(DeletionCost)
        .ThenByDescending(PodState.ReadySince)
        .ThenByDescending(pod => pod.Status?.ContainerStatuses.Sum(status => status.RestartCount) ?? 0)
        .ThenByDescending(pod => pod.Metadata.CreationTimestamp?.Seconds ?? 0)
        .ThenBy(pod => pod.Metadata.Name, StringComparer.Ordinal);

    private static int DeletionCost(Pod pod) =>
        int.TryParse(pod.Metadata.Annotations.GetValueOrDefault("controller.kubernetes.io/pod-deletion-cost"), out var cost) ? cost : 0;
}
