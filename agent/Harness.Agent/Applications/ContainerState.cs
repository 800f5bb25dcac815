namespace Harness.Agent.Applications;

/// <summary>What is known of one container. Immutable; changed only by the functions of the core.</summary>
internal sealed record ContainerState
{
    public required ContainerSpec Spec { get; init; }

    public required WorkloadKey Key { get; init; }

    public ContainerPhase Phase { get; init; } = ContainerPhase.Waiting;

    public string WaitingReason { get; init; } = "ContainerCreating";

    public string WaitingMessage { get; init; } = "";

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Set while Terminated: the end of the current run.</summary>
    public ContainerEnd? End { get; init; }

    /// <summary>The end of the run before the current one.</summary>
    public ContainerEnd? LastEnd { get; init; }

    public int RestartCount { get; init; }

    public ImageStage Image { get; init; }

    public int PullFailures { get; init; }

    public RestartBackoff Backoff { get; init; }

    /// <summary>When a container that waits after an end is started again.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    public StopStage Stop { get; init; }

    /// <summary>When SIGKILL follows, for a container that is ended while the application goes on (a failed liveness probe).</summary>
    public DateTimeOffset? KillAt { get; init; }

    /// <summary>Why the agent ends this run; the reason of its end unless it is overtaken.</summary>
    public string StopMessage { get; init; } = "";

    /// <summary>True once postStart has succeeded, or there is none.</summary>
    public bool PostStartDone { get; init; }

    public ProbeStates Probes { get; init; } = ProbeStates.None;

    public bool IsAlive => Phase is ContainerPhase.Starting or ContainerPhase.Running;

    public bool HasRun => End is not null || LastEnd is not null || StartedAt is not null;

    public bool Started => Phase == ContainerPhase.Running && PostStartDone && Probes.Started;

    public bool Ready => Spec.Role == ContainerRole.Init
        ? Phase == ContainerPhase.Terminated && End!.ExitCode == 0
        : Started && Probes.Ready;

    /// <summary>True when the end of the current run is followed by another run.</summary>
    public bool WillRestart => Phase == ContainerPhase.Terminated && Spec.RestartPolicy switch
    {
        RestartPolicy.Always => true,
        RestartPolicy.OnFailure => End!.ExitCode != 0,
        _ => false,
    };
}
