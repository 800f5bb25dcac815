using Harness.Agent.Applications;

namespace Harness.Agent.Hosting.State;

/// <summary>
/// The core's state as the record that goes to disk. What only concerns the next few moments (when a probe is due, whether it runs) is left
/// out: it changes all the time and an agent that comes back begins it anew. Pure.
/// </summary>
internal static class StateWriting
{
    public const uint Version = 1;

    public static AgentState ToRecord(ApplicationState state)
    {
        var record = new AgentState
        {
            Version = Version,
            PodUid = state.Spec?.Uid ?? "",
            Phase = state.Phase.ToString(),
            Reason = state.Reason,
            Message = state.Message,
        };
        if (state.StartTime is { } startTime)
        {
            record.StartTimeTicks = startTime.UtcTicks;
        }

        if (state.Deadline is { } deadline)
        {
            record.DeadlineTicks = deadline.UtcTicks;
        }

        if (state.Ending is { } ending)
        {
            record.Ending = new EndingState { Cause = ending.Cause.ToString(), KillAtTicks = ending.KillAt.UtcTicks };
        }

        record.Containers.AddRange(state.Containers.Select(ToRecord));
        record.Conditions.AddRange(state.Conditions.Select(ToRecord));
        record.EndedUids.AddRange(state.EndedUids);
        return record;
    }

    private static ContainerRecord ToRecord(ContainerState container)
    {
        var record = new ContainerRecord
        {
            Name = container.Spec.Name,
            Phase = container.Phase.ToString(),
            Run = container.Key.Run,
            WaitingReason = container.WaitingReason,
            WaitingMessage = container.WaitingMessage,
            End = ToRecord(container.End),
            LastEnd = ToRecord(container.LastEnd),
            RestartCount = container.RestartCount,
            BackoffDelayTicks = container.Backoff.Delay.Ticks,
            LastRestartAtTicks = container.Backoff.LastRestartAt.UtcTicks,
            Stop = container.Stop.ToString(),
            StopMessage = container.StopMessage,
            PostStartDone = container.PostStartDone,
            StartupPassing = container.Probes.Started,
            ReadinessPassing = container.Probes.Ready,
        };
        if (container.StartedAt is { } startedAt)
        {
            record.StartedAtTicks = startedAt.UtcTicks;
        }

        if (container.RetryAt is { } retryAt)
        {
            record.RetryAtTicks = retryAt.UtcTicks;
        }

        if (container.KillAt is { } killAt)
        {
            record.KillAtTicks = killAt.UtcTicks;
        }

        return record;
    }

    private static EndRecord? ToRecord(ContainerEnd? end) => end is null ? null : new EndRecord
    {
        ExitCode = end.ExitCode,
        Signal = end.Signal,
        Reason = end.Reason,
        Message = end.Message,
        StartedAtTicks = end.StartedAt.UtcTicks,
        FinishedAtTicks = end.FinishedAt.UtcTicks,
        ContainerId = end.ContainerId,
    };

    private static ConditionRecord ToRecord(ConditionState condition) => new()
    {
        Type = condition.Type,
        Status = condition.Status,
        Reason = condition.Reason,
        Message = condition.Message,
        ChangedAtTicks = condition.ChangedAt.UtcTicks,
    };
}
