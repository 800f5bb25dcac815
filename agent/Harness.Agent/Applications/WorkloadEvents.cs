namespace Harness.Agent.Applications;

/// <summary>What the runtime reports of a container's process, recorded in the state. Pure functions of the core.</summary>
internal static class WorkloadEvents
{
    public static void Started(StepBuilder step, WorkloadKey key, DateTimeOffset at)
    {
        var index = step.State.IndexOf(key);
        if (index < 0 || step[index].Phase != ContainerPhase.Starting)
        {
            step.Emit(new ApplicationEffect.SignalWorkload(key, Kill: true));
            return;
        }

        var spec = step[index].Spec;
        step[index] = step[index] with
        {
            Phase = ContainerPhase.Running,
            StartedAt = at,
            PostStartDone = spec.Hooks.PostStart is null,
            Probes = ProbeStates.For(spec.Probes, step.Now),
        };
        if (spec.Hooks.PostStart is { } handler)
        {
            step.Emit(new ApplicationEffect.RunHook(key, HookKind.PostStart, handler, spec));
        }
    }

    public static void StartFailed(StepBuilder step, ApplicationEvent.WorkloadStartFailed failed)
    {
        var index = step.State.IndexOf(failed.Key);
        if (index >= 0 && step[index].Phase == ContainerPhase.Starting)
        {
            var end = new ContainerEnd(failed.ExitCode, 0, failed.Reason, failed.Message, step.Now, step.Now, Launches.ContainerId(failed.Key));
            step[index] = Ended(step[index], end);
        }
    }

    public static void Exited(StepBuilder step, WorkloadKey key, WorkloadExit exit)
    {
        var index = step.State.IndexOf(key);
        if (index >= 0 && step[index].IsAlive)
        {
            var container = step[index];
            var startedAt = container.StartedAt ?? step.Now;
            // A clock that was set back must not let a run end before it began.
            var toldAt = exit.FinishedAt ?? step.Now;
            var finishedAt = toldAt > startedAt ? toldAt : startedAt;
            var reason = exit.Reason.Length > 0 ? exit.Reason : exit.ExitCode == 0 ? "Completed" : "Error";
            var message = exit.Message.Length > 0 ? exit.Message : container.StopMessage;
            step[index] = Ended(container, new ContainerEnd(
                exit.ExitCode, exit.Signal, reason, message, startedAt, finishedAt, Launches.ContainerId(key)));
        }
    }

    private static ContainerState Ended(ContainerState container, ContainerEnd end) => container with
    {
        Phase = ContainerPhase.Terminated,
        End = end,
        StartedAt = end.StartedAt,
        Stop = StopStage.None,
        StopMessage = "",
        KillAt = null,
        Probes = ProbeStates.None,
    };
}
