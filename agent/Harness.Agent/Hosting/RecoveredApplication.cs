using System.Collections.Immutable;
using Harness.Agent.Applications;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Agent.Hosting;

/// <summary>
/// Reads from the pod on disk how its application ended: as its final status says or, when the agent was killed before there was
/// one, as failed, with containers of which nothing is known. Pure.
/// </summary>
internal static class RecoveredApplication
{
    private const int UnknownExitCode = 137;

    public static ApplicationEvent.Recovered From(Pod pod, ApplicationSpec spec, DateTimeOffset now) =>
        Enum.TryParse<PodPhase>(pod.Status?.Phase, out var phase) && phase is PodPhase.Succeeded or PodPhase.Failed
            ? new ApplicationEvent.Recovered(spec, phase, pod.Status!.Reason, pod.Status.Message, Ends(pod.Status))
            : new ApplicationEvent.Recovered(
                spec, PodPhase.Failed, "AgentRestarted", "The agent was killed, and its workloads were ended when it came back.", Unknown(spec, now));

    private static ImmutableDictionary<string, ContainerEnd> Ends(PodStatus status) =>
        status.InitContainerStatuses.Concat(status.ContainerStatuses)
            .Where(container => container.State?.Terminated is not null)
            .ToImmutableDictionary(container => container.Name, container => End(container.State.Terminated));

    private static ContainerEnd End(ContainerStateTerminated terminated) => new(
        terminated.ExitCode,
        terminated.Signal,
        terminated.Reason,
        terminated.Message,
        DateTimeOffset.FromUnixTimeSeconds(terminated.StartedAt?.Seconds ?? 0),
        DateTimeOffset.FromUnixTimeSeconds(terminated.FinishedAt?.Seconds ?? 0),
        terminated.ContainerID);

    private static ImmutableDictionary<string, ContainerEnd> Unknown(ApplicationSpec spec, DateTimeOffset now) =>
        spec.Containers.ToImmutableDictionary(container => container.Name, container => new ContainerEnd(
            UnknownExitCode, 0, "ContainerStatusUnknown", "The agent was killed while the container ran.", now, now,
            Launches.ContainerId(new WorkloadKey(spec.Uid, container.Name, 0))));
}
