namespace Harness.Agent.Applications;

/// <summary>
/// The agent's decisions: (state, event, now) to (state, effects). Pure: no I/O, no clock, no tasks; may be called from anywhere.
/// An event only records what happened; <see cref="Reconciliation"/> then decides what follows from the state as it is.
/// </summary>
internal static class ApplicationCore
{
    public static Step Apply(ApplicationState state, ApplicationEvent happened, DateTimeOffset now)
    {
        var step = new StepBuilder(state, now);
        switch (happened)
        {
            case ApplicationEvent.LaunchRequested launch:
                Launches.Launch(step, launch.Spec);
                break;
            case ApplicationEvent.Restored restored:
                Restorations.Restore(step, restored.Saved, restored.Found);
                break;
            case ApplicationEvent.ClockSet clock:
                step.State = ClockChange.Apply(step.State, clock.By);
                break;
            case ApplicationEvent.TerminateRequested terminate:
                RequestEnd(step, EndingCause.Requested, terminate.Grace);
                break;
            case ApplicationEvent.DrainRequested drain:
                Drain(step, drain.GraceLimit);
                break;
            case ApplicationEvent.ImageAnswered image:
                Images.Answered(step, image);
                break;
            case ApplicationEvent.WorkloadStarted started:
                WorkloadEvents.Started(step, started.Key, step.Now);
                break;
            case ApplicationEvent.WorkloadStartFailed failed:
                WorkloadEvents.StartFailed(step, failed);
                break;
            case ApplicationEvent.WorkloadExited exited:
                WorkloadEvents.Exited(step, exited.Key, exited.Exit);
                break;
            case ApplicationEvent.ProbeAnswered probe:
                ProbeEvents.Answered(step, probe);
                break;
            case ApplicationEvent.HookAnswered hook:
                HookEvents.Answered(step, hook);
                break;
            case ApplicationEvent.Tick:
                break;
            default:
                throw new InvalidOperationException($"The core does not know the event {happened.GetType().Name}.");
        }

        Reconciliation.Reconcile(step, mayRestart: happened is ApplicationEvent.Tick);
        return step.Build();
    }

    private static void RequestEnd(StepBuilder step, EndingCause cause, TimeSpan? grace)
    {
        if (!step.State.IsActive)
        {
            return;
        }

        var wanted = grace ?? step.State.Spec!.Grace;
        var killAt = step.Now + (wanted > TimeSpan.Zero ? wanted : TimeSpan.Zero);
        var ending = step.State.Ending ?? new Ending(cause, killAt);
        step.State = step.State with { Ending = ending with { KillAt = killAt < ending.KillAt ? killAt : ending.KillAt } };
    }

    private static void Drain(StepBuilder step, TimeSpan? graceLimit)
    {
        step.State = step.State with { Draining = true };
        if (graceLimit is { } limit)
        {
            var grace = step.State.Spec?.Grace ?? TimeSpan.Zero;
            RequestEnd(step, EndingCause.AgentStopping, grace < limit ? grace : limit);
        }
    }
}
