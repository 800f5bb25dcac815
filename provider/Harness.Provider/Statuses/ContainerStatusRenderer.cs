using Harness.Kubernetes.Objects.Core.V1;
using Harness.Provider.Lifecycle;

namespace Harness.Provider.Statuses;

/// <summary>
/// The container statuses of a pod: what the agent reported, made whole from the specification; before any report, why each
/// container waits; when the provider gave the pod up, that what ran has ended in a way no one saw. Pure.
/// </summary>
internal static class ContainerStatusRenderer
{
    private const int KilledExitCode = 137;

    public static void Render(Pod pod, PodStatus current, PodStatus status, StatusView view)
    {
        var spec = pod.Spec ?? new PodSpec();
        Complete(status.ContainerStatuses, spec.Containers, current.ContainerStatuses, view);
        Complete(status.InitContainerStatuses, spec.InitContainers, current.InitContainerStatuses, view);
    }

    private static void Complete(
        IList<ContainerStatus> statuses, IEnumerable<Container> containers, IEnumerable<ContainerStatus> current, StatusView view)
    {
        var before = current.GroupBy(status => status.Name).ToDictionary(group => group.Key, group => group.First());
        foreach (var container in containers)
        {
            var status = statuses.FirstOrDefault(status => status.Name == container.Name);
            if (status is null)
            {
                status = new ContainerStatus { Name = container.Name, State = Waiting(view) };
                statuses.Add(status);
            }

            FillIn(status, container);
            KeepStart(status, before.GetValueOrDefault(container.Name));
            if (view.Reason.Length > 0 && view.Phase == PodPhase.Failed)
            {
                GiveUp(status, view);
            }
        }
    }

    /// <summary>Fields that the API writes even when empty have to be present.</summary>
    private static void FillIn(ContainerStatus status, Container container)
    {
        status.Image = status.Image.Length > 0 ? status.Image : container.Image;
        status.ImageID = status.ImageID;
        status.Ready = status.Ready;
        status.RestartCount = status.RestartCount;
        status.Started = status.HasStarted ? status.Started : status.State?.Running is not null;
    }

    /// <summary>The same run of a container has one start, whatever old agents say in each message.</summary>
    private static void KeepStart(ContainerStatus status, ContainerStatus? before)
    {
        var sameRun = before?.State?.Running?.StartedAt is not null
            && status.State?.Running is not null
            && before.RestartCount == status.RestartCount
            && before.ContainerID == status.ContainerID;
        if (sameRun)
        {
            status.State!.Running!.StartedAt = before!.State!.Running!.StartedAt;
        }
    }

    private static void GiveUp(ContainerStatus status, StatusView view)
    {
        status.Ready = false;
        status.Started = false;
        if (status.State?.Running is { } running)
        {
            status.State = new ContainerState
            {
                Terminated = new ContainerStateTerminated
                {
                    ExitCode = KilledExitCode, Reason = "ContainerStatusUnknown", Message = view.Message, StartedAt = running.StartedAt,
                },
            };
        }
    }

    private static ContainerState Waiting(StatusView view) => new()
    {
        Waiting = new ContainerStateWaiting
        {
            Reason = view.WaitingReason.Length > 0 ? view.WaitingReason : view.Reason,
            Message = view.WaitingReason.Length > 0 ? view.WaitingMessage : view.Message,
        },
    };
}
