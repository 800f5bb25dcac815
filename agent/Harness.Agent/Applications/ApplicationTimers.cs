namespace Harness.Agent.Applications;

/// <summary>When the core wants its next <see cref="ApplicationEvent.Tick"/>. Pure.</summary>
internal static class ApplicationTimers
{
    /// <summary>The earliest time at which something is due; null when only an event can change anything.</summary>
    public static DateTimeOffset? NextDue(ApplicationState state)
    {
        if (!state.IsActive)
        {
            return null;
        }

        return state.Ending is { } ending
            ? state.Containers.Any(CanBeKilled) ? ending.KillAt : null
            : state.Containers.Select(NextDue).Append(state.Deadline).Min();
    }

    private static DateTimeOffset? NextDue(ContainerState container) => container switch
    {
        { Phase: ContainerPhase.Waiting } => container.RetryAt,
        { WillRestart: true } => DateTimeOffset.MinValue,
        { Phase: ContainerPhase.Running, Stop: StopStage.None } => ProbeEvents.NextDue(container),
        _ when CanBeKilled(container) => container.KillAt,
        _ => null,
    };

    private static bool CanBeKilled(ContainerState container) =>
        container is { Phase: ContainerPhase.Running, Stop: not StopStage.KillSent };
}
