namespace Harness.Agent.Applications;

/// <summary>
/// Decides what follows from the state as it is, after any event: what to start, to end, to probe, and the pod's phase and
/// conditions. Pure functions of the core.
/// </summary>
internal static class Reconciliation
{
    /// <summary>
    /// Brings the state up to date. mayRestart is false while an event is recorded: the end of a run is seen by watchers before the next
    /// run begins, in a step of its own.
    /// </summary>
    public static void Reconcile(StepBuilder step, bool mayRestart)
    {
        if (step.State.IsActive)
        {
            CheckDeadline(step);
            if (step.State.Ending is null)
            {
                ContainerStarts.Advance(step, mayRestart);
                CheckDone(step);
                KillOverdue(step);
                ProbeEvents.RunDue(step);
            }

            if (step.State.Ending is { } ending)
            {
                Endings.Advance(step, ending);
            }

            AdvancePhase(step);
        }

        if (step.State.Spec is not null)
        {
            step.State = step.State with { Conditions = PodConditions.Update(step.State, step.Now) };
        }
    }

    private static void CheckDeadline(StepBuilder step)
    {
        var state = step.State;
        if (state.Ending is null && state.Deadline <= step.Now)
        {
            step.State = state with { Ending = new Ending(EndingCause.DeadlineExceeded, step.Now + state.Spec!.Grace) };
        }
    }

    private static void CheckDone(StepBuilder step)
    {
        var state = step.State;
        var initFailed = state.Inits.Any(container =>
            container is { Spec.Role: ContainerRole.Init, Phase: ContainerPhase.Terminated, WillRestart: false, Ready: false });
        var mainsDone = state.Mains.All(container => container is { Phase: ContainerPhase.Terminated, WillRestart: false });
        if (initFailed || mainsDone)
        {
            step.State = state with { Ending = new Ending(EndingCause.Completed, step.Now + state.Spec!.Grace) };
        }
    }

    private static void KillOverdue(StepBuilder step)
    {
        for (var index = 0; index < step.State.Containers.Length; index++)
        {
            if (step[index].KillAt <= step.Now)
            {
                ContainerStops.Kill(step, index);
            }
        }
    }

    /// <summary>Pending until every main container has run once; as the kubelet has it, a crash loop is still Running.</summary>
    private static void AdvancePhase(StepBuilder step)
    {
        if (step.State.Phase == PodPhase.Pending && step.State.Mains.All(container => container.HasRun))
        {
            step.State = step.State with { Phase = PodPhase.Running };
        }
    }
}
