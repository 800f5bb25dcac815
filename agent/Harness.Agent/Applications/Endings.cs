namespace Harness.Agent.Applications;

/// <summary>How the application as a whole is brought to its end, and what its final phase is. Pure functions of the core.</summary>
internal static class Endings
{
    public static void Advance(StepBuilder step, Ending ending)
    {
        SettleWaiting(step);
        if (!step.State.Containers.Any(container => container.IsAlive))
        {
            Finish(step, ending);
            return;
        }

        var sidecarsToo = !step.State.Containers.Any(container => container.IsAlive && container.Spec.Role != ContainerRole.Sidecar);
        for (var index = step.State.Containers.Length - 1; index >= 0; index--)
        {
            StopOne(step, index, ending, sidecarsToo);
            if (sidecarsToo && step[index].IsAlive && ending.KillAt > step.Now)
            {
                // Sidecars end one after the other, in the reverse of their order.
                return;
            }
        }
    }

    private static void StopOne(StepBuilder step, int index, Ending ending, bool sidecarsToo)
    {
        if (ending.KillAt <= step.Now)
        {
            ContainerStops.Kill(step, index);
        }
        else if (sidecarsToo || step[index].Spec.Role != ContainerRole.Sidecar)
        {
            ContainerStops.Begin(step, index, ending.KillAt);
        }
    }

    /// <summary>A container that waited for a restart stays as it ended.</summary>
    private static void SettleWaiting(StepBuilder step)
    {
        for (var index = 0; index < step.State.Containers.Length; index++)
        {
            var container = step[index];
            if (container is { Phase: ContainerPhase.Waiting, LastEnd: { } end })
            {
                step[index] = container with
                {
                    Phase = ContainerPhase.Terminated, End = end, LastEnd = null, StartedAt = end.StartedAt, RetryAt = null,
                };
            }
        }
    }

    private static void Finish(StepBuilder step, Ending ending)
    {
        var succeeded = step.State.Mains.All(container => container.End is { ExitCode: 0 });
        var (phase, reason, message) = ending.Cause switch
        {
            EndingCause.DeadlineExceeded => (PodPhase.Failed, "DeadlineExceeded", "Pod was active longer than its activeDeadlineSeconds."),
            EndingCause.AgentStopping when !succeeded => (PodPhase.Failed, "AgentStopping", "The agent on the instance was stopped."),
            _ => (succeeded ? PodPhase.Succeeded : PodPhase.Failed, "", ""),
        };
        step.State = (step.State with { Phase = phase, Reason = reason, Message = message, Ending = null }).Remembering(step.State.Spec!.Uid);
    }
}
