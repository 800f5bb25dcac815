using Harness.Agent.Applications;

namespace Harness.Agent.Hosting.State;

/// <summary>The core's state out of its record on disk and the spec of the pod beside it. Pure.</summary>
internal static class StateReading
{
    /// <summary>Throws <see cref="FormatException"/> for a record that does not fit the spec.</summary>
    public static ApplicationState FromRecord(AgentState record, ApplicationSpec spec) => new()
    {
        Spec = spec,
        Phase = Parse<PodPhase>(record.Phase),
        Reason = record.Reason,
        Message = record.Message,
        StartTime = record.HasStartTimeTicks ? Time(record.StartTimeTicks) : null,
        Deadline = record.HasDeadlineTicks ? Time(record.DeadlineTicks) : null,
        Ending = record.Ending is { } ending ? new Ending(Parse<EndingCause>(ending.Cause), Time(ending.KillAtTicks)) : null,
        Containers = [.. spec.Containers.Select(container => Container(record, container, spec.Uid))],
        Conditions = [.. record.Conditions.Select(condition => new ConditionState(
            condition.Type, condition.Status, condition.Reason, condition.Message, Time(condition.ChangedAtTicks)))],
        EndedUids = [.. record.EndedUids],
    };

    private static ContainerState Container(AgentState state, ContainerSpec spec, string uid)
    {
        var record = state.Containers.FirstOrDefault(candidate => candidate.Name == spec.Name)
            ?? throw new FormatException($"the saved state knows no container {spec.Name}");
        return new ContainerState
        {
            Spec = spec,
            Key = new WorkloadKey(uid, spec.Name, record.Run),
            Phase = Parse<ContainerPhase>(record.Phase),
            WaitingReason = record.WaitingReason,
            WaitingMessage = record.WaitingMessage,
            StartedAt = record.HasStartedAtTicks ? Time(record.StartedAtTicks) : null,
            End = End(record.End),
            LastEnd = End(record.LastEnd),
            RestartCount = record.RestartCount,
            Backoff = new RestartBackoff(TimeSpan.FromTicks(record.BackoffDelayTicks), Time(record.LastRestartAtTicks)),
            RetryAt = record.HasRetryAtTicks ? Time(record.RetryAtTicks) : null,
            Stop = Parse<StopStage>(record.Stop),
            KillAt = record.HasKillAtTicks ? Time(record.KillAtTicks) : null,
            StopMessage = record.StopMessage,
            PostStartDone = record.PostStartDone,
            Probes = Parse<ContainerPhase>(record.Phase) == ContainerPhase.Running
                ? ProbeStates.Remembered(spec.Probes, record.StartupPassing, record.ReadinessPassing)
                : ProbeStates.None,
        };
    }

    private static ContainerEnd? End(EndRecord? record) => record is null ? null : new ContainerEnd(
        record.ExitCode,
        record.Signal,
        record.Reason,
        record.Message,
        Time(record.StartedAtTicks),
        Time(record.FinishedAtTicks),
        record.ContainerId);

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private static T Parse<T>(string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(name, out var value) ? value : throw new FormatException($"the saved state has the unknown {typeof(T).Name} \"{name}\"");
}
