using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Simulator.Kubernetes.Controllers.Machinery;

/// <summary>What controllers read out of a pod's status. Pure.</summary>
internal static class PodState
{
    public static bool IsActive(Pod pod) => !IsFinished(pod) && pod.Metadata.DeletionTimestamp is null;

    public static bool IsFinished(Pod pod) => pod.Status?.Phase is "Succeeded" or "Failed";

    public static bool IsReady(Pod pod) => ReadyCondition(pod) is { Status: "True" };

    /// <summary>Ready, and for that long.</summary>
    public static bool IsAvailable(Pod pod, int minimumReadySeconds, DateTimeOffset now) =>
        ReadyCondition(pod) is { Status: "True" } ready
        && (minimumReadySeconds == 0 || ready.LastTransitionTime is { } since && since.ToDateTimeOffset().AddSeconds(minimumReadySeconds) <= now);

    /// <summary>Since when it has been ready; the beginning of time for one that is not.</summary>
    public static DateTimeOffset ReadySince(Pod pod) =>
        ReadyCondition(pod) is { Status: "True", LastTransitionTime: { } since } ? since.ToDateTimeOffset() : DateTimeOffset.MinValue;

    public static PodCondition? ReadyCondition(Pod pod) => pod.Status?.Conditions.FirstOrDefault(condition => condition.Type == "Ready");
}
