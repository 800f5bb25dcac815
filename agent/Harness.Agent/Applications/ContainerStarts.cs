namespace Harness.Agent.Applications;

/// <summary>Which containers start now: init containers in order, then the main ones, and restarts with their backoff. Pure.</summary>
internal static class ContainerStarts
{
    public static void Advance(StepBuilder step, bool mayRestart)
    {
        // What has run once goes on by itself: a sidecar that crashes does not hold back what came after it.
        var reached = step.State.Mains.Any(container => container.HasRun || container.IsAlive);
        var initDone = true;
        for (var index = 0; index < step.State.Containers.Length; index++)
        {
            if (initDone || reached || step[index].HasRun)
            {
                AdvanceOne(step, index, mayRestart);
            }

            initDone &= IsInitDone(step[index]);
        }
    }

    public static bool IsInitDone(ContainerState container) => container.Spec.Role switch
    {
        ContainerRole.Init => container.Ready,
        ContainerRole.Sidecar => container.Started,
        _ => true,
    };

    private static void AdvanceOne(StepBuilder step, int index, bool mayRestart)
    {
        var container = step[index];
        if (container.Phase == ContainerPhase.Waiting && (container.RetryAt ?? step.Now) <= step.Now)
        {
            if (Images.IsReady(step, index))
            {
                Start(step, index);
            }
        }
        else if (container.WillRestart && mayRestart)
        {
            Restart(step, index);
        }
    }

    private static void Restart(StepBuilder step, int index)
    {
        var container = step[index];
        var end = container.End!;
        var delay = container.Backoff.DelayAfter(end.FinishedAt);
        // An end that lies ahead was told by a clock that has been set back since.
        var endedAt = end.FinishedAt < step.Now ? end.FinishedAt : step.Now;
        step[index] = container with
        {
            Phase = ContainerPhase.Waiting,
            LastEnd = end,
            End = null,
            StartedAt = null,
            RetryAt = endedAt + delay,
            WaitingReason = "CrashLoopBackOff",
            WaitingMessage = $"back-off {delay.TotalSeconds:0}s restarting failed container={container.Spec.Name} pod={PodName(step.State.Spec!)}",
        };
        if (step[index].RetryAt <= step.Now)
        {
            Start(step, index);
        }
    }

    private static void Start(StepBuilder step, int index)
    {
        var container = step[index];
        var restart = container.LastEnd is not null;
        var run = container.Key.Run + (restart ? 1 : 0);
        var started = container with
        {
            Phase = ContainerPhase.Starting,
            Key = container.Key with { Run = run },
            RestartCount = run,
            RetryAt = null,
            WaitingReason = "ContainerCreating",
            WaitingMessage = "",
            PostStartDone = false,
            Backoff = restart ? container.Backoff.Restarted(container.LastEnd!.FinishedAt, step.Now) : container.Backoff,
        };
        step[index] = started;
        step.Emit(new ApplicationEffect.StartWorkload(started.Key, started.Spec));
    }

    private static string PodName(ApplicationSpec spec) => $"{spec.Name}_{spec.Namespace}({spec.Uid})";
}
