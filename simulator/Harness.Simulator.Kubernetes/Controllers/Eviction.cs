using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Scheduling;

namespace Harness.Simulator.Kubernetes.Controllers;

/// <summary>When a pod has to leave a node with a NoExecute taint. Pure.</summary>
internal static class Eviction
{
    /// <summary>At once without a toleration; after the shortest of the tolerations' times; never when one of them has none.</summary>
    public static bool IsDue(Pod pod, Taint taint, DateTimeOffset since, DateTimeOffset now)
    {
        if (!NodeFit.Tolerates(pod, taint))
        {
            return true;
        }

        var covering = pod.Spec.Tolerations.Where(toleration => NodeFit.Tolerates(toleration, taint)).ToList();
        return covering.TrueForAll(toleration => toleration.HasTolerationSeconds)
            && since.AddSeconds(covering.Min(toleration => toleration.TolerationSeconds)) <= now;
    }
}
