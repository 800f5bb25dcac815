using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Agent.Applications;

/// <summary>The core's state as the PodStatus that goes over the wire. Pure; each call makes a new message.</summary>
internal static class StatusProjection
{
    public static PodStatus ToPodStatus(ApplicationState state)
    {
        var status = new PodStatus { Phase = state.Phase.ToString() };
        if (state.Spec is not { } spec)
        {
            return status;
        }

        AddAddresses(status, spec);
        if (state.Reason.Length > 0)
        {
            status.Reason = state.Reason;
            status.Message = state.Message;
        }

        if (state.StartTime is { } startTime)
        {
            status.StartTime = ToTime(startTime);
        }

        status.Conditions.AddRange(state.Conditions.Select(ToCondition));
        status.InitContainerStatuses.AddRange(state.Inits.Select(ToContainerStatus));
        status.ContainerStatuses.AddRange(state.Mains.Select(ToContainerStatus));
        return status;
    }

    private static void AddAddresses(PodStatus status, ApplicationSpec spec)
    {
        if (spec.HostIp.Length > 0)
        {
            status.HostIP = spec.HostIp;
            status.HostIPs.Add(new HostIP { Ip = spec.HostIp });
        }

        if (spec.PodIp.Length > 0)
        {
            status.PodIP = spec.PodIp;
            status.PodIPs.AddRange(spec.PodIps.Select(ip => new PodIP { Ip = ip }));
        }

        if (spec.QosClass.Length > 0)
        {
            status.QosClass = spec.QosClass;
        }
    }

    private static PodCondition ToCondition(ConditionState state)
    {
        var condition = new PodCondition
        {
            Type = state.Type,
            Status = state.Status ? "True" : "False",
            LastTransitionTime = ToTime(state.ChangedAt),
        };
        if (state.Reason.Length > 0)
        {
            condition.Reason = state.Reason;
        }

        if (state.Message.Length > 0)
        {
            condition.Message = state.Message;
        }

        return condition;
    }

    private static ContainerStatus ToContainerStatus(ContainerState container)
    {
        var status = new ContainerStatus
        {
            Name = container.Spec.Name,
            Image = container.Spec.Image,
            ImageID = container.HasRun ? container.Spec.CommandLine[0] : "",
            RestartCount = container.RestartCount,
            Started = container.Started,
            Ready = container.Ready,
            State = ToState(container),
        };
        if (container.LastEnd is { } lastEnd)
        {
            status.LastState = new Kubernetes.Objects.Core.V1.ContainerState { Terminated = ToTerminated(lastEnd) };
        }

        if (container.HasRun)
        {
            status.ContainerID = Launches.ContainerId(container.Key);
        }

        return status;
    }

    private static Kubernetes.Objects.Core.V1.ContainerState ToState(ContainerState container) => container.Phase switch
    {
        ContainerPhase.Running => new() { Running = new ContainerStateRunning { StartedAt = ToTime(container.StartedAt!.Value) } },
        ContainerPhase.Terminated => new() { Terminated = ToTerminated(container.End!) },
        _ => new() { Waiting = ToWaiting(container) },
    };

    private static ContainerStateWaiting ToWaiting(ContainerState container)
    {
        var waiting = new ContainerStateWaiting { Reason = container.WaitingReason };
        if (container.WaitingMessage.Length > 0)
        {
            waiting.Message = container.WaitingMessage;
        }

        return waiting;
    }

    private static ContainerStateTerminated ToTerminated(ContainerEnd end)
    {
        var terminated = new ContainerStateTerminated
        {
            ExitCode = end.ExitCode,
            Reason = end.Reason,
            StartedAt = ToTime(end.StartedAt),
            FinishedAt = ToTime(end.FinishedAt),
            ContainerID = end.ContainerId,
        };
        if (end.Signal != 0)
        {
            terminated.Signal = end.Signal;
        }

        if (end.Message.Length > 0)
        {
            terminated.Message = end.Message;
        }

        return terminated;
    }

    /// <summary>Whole seconds, as Kubernetes keeps them.</summary>
    private static Time ToTime(DateTimeOffset time) => new() { Seconds = time.ToUnixTimeSeconds(), Nanos = 0 };
}
