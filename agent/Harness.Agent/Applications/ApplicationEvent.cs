using System.Collections.Immutable;

namespace Harness.Agent.Applications;

/// <summary>What can happen to the application; the core's only input besides the time.</summary>
internal abstract record ApplicationEvent
{
    public sealed record LaunchRequested(ApplicationSpec Spec) : ApplicationEvent;

    /// <summary>TerminateApplication; Grace overrides the grace period of the spec.</summary>
    public sealed record TerminateRequested(TimeSpan? Grace) : ApplicationEvent;

    /// <summary>
    /// The agent stops: nothing is launched any more. GraceLimit null: the application is left to the next agent; else it is ended, and has
    /// that long at most.
    /// </summary>
    public sealed record DrainRequested(TimeSpan? GraceLimit) : ApplicationEvent;

    /// <summary>An earlier agent had launched this application. Found says what became of each run that it had begun to start.</summary>
    public sealed record Restored(ApplicationState Saved, ImmutableDictionary<WorkloadKey, RunFound> Found) : ApplicationEvent;

    /// <summary>The wall clock was set while the agent ran; By is what it jumped.</summary>
    public sealed record ClockSet(TimeSpan By) : ApplicationEvent;

    /// <summary>The files of a container's image are there, or (Problem) cannot be had now.</summary>
    public sealed record ImageAnswered(WorkloadKey Key, string Problem) : ApplicationEvent;

    public sealed record WorkloadStarted(WorkloadKey Key) : ApplicationEvent;

    public sealed record WorkloadStartFailed(WorkloadKey Key, int ExitCode, string Reason, string Message) : ApplicationEvent;

    public sealed record WorkloadExited(WorkloadKey Key, WorkloadExit Exit) : ApplicationEvent;

    public sealed record ProbeAnswered(WorkloadKey Key, ProbeKind Kind, bool Success, string Message) : ApplicationEvent;

    public sealed record HookAnswered(WorkloadKey Key, HookKind Kind, bool Success, string Message) : ApplicationEvent;

    /// <summary>Time has passed; sent when <see cref="ApplicationTimers"/>'s next time has come.</summary>
    public sealed record Tick : ApplicationEvent
    {
        public static Tick Instance { get; } = new();
    }
}
