namespace Harness.Agent.Applications;

/// <summary>
/// Keeps what is due in so many seconds due in so many seconds when the wall clock is set: every time that lies ahead moves with it.
/// Times that were told to clients (startedAt, finishedAt, transitions) stay. Pure.
/// </summary>
internal static class ClockChange
{
    public static ApplicationState Apply(ApplicationState state, TimeSpan by) => state with
    {
        Deadline = state.Deadline + by,
        Ending = state.Ending is { } ending ? ending with { KillAt = ending.KillAt + by } : null,
        Containers = [.. state.Containers.Select(container => container with
        {
            RetryAt = container.RetryAt + by,
            KillAt = container.KillAt + by,
            Backoff = container.Backoff.LastRestartAt == default
                ? container.Backoff
                : container.Backoff with { LastRestartAt = container.Backoff.LastRestartAt + by },
            Probes = container.Probes.Moved(by),
        })],
    };
}
