using System.Collections.Immutable;

namespace Harness.Agent.Applications;

/// <summary>What can happen to the application; the core's only input besides the time.</summary>
internal abstract record ApplicationEvent
{
    public sealed record LaunchRequested(ApplicationSpec Spec) : ApplicationEvent;

    /// <summary>TerminateApplication; Grace overrides the grace period of the spec.</summary>
    public sealed record TerminateRequested(TimeSpan? Grace) : ApplicationEvent;

    /// <summary>The agent stops, and has GraceLimit at most before it has to be gone.</summary>
    public sealed record DrainRequested(TimeSpan GraceLimit) : ApplicationEvent;

    /// <summary>
    /// An earlier run of the agent had launched this application, and its workloads are gone. Ends has the containers that had run.
    /// </summary>
    public sealed record Recovered(
        ApplicationSpec Spec, PodPhase Phase, string Reason, string Message, ImmutableDictionary<string, ContainerEnd> Ends) : ApplicationEvent;

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
