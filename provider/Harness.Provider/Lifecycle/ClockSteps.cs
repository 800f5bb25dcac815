namespace Harness.Provider.Lifecycle;

/// <summary>What is due at a tick. Each due time is cleared by what it starts. Pure; called by <see cref="PodCore"/> alone.</summary>
internal static class ClockSteps
{
    public static void Tick(PodTurn turn)
    {
        if (Due(turn, turn.Pod.WakeAt))
        {
            turn.Pod = turn.Pod with { WakeAt = null };
            Wake(turn);
        }

        if (Due(turn, turn.Pod.RecordInstanceAt) && turn.Pod.Instance is { } instance)
        {
            turn.Pod = turn.Pod with { RecordInstanceAt = null };
            turn.Do(new PodEffect.RecordInstance(instance.Id));
        }

        HealthSteps.Tick(turn);
        AgentSteps.ConnectTimeout(turn);
        DeletionSteps.StoppingTimeout(turn);
    }

    public static bool Due(PodTurn turn, DateTimeOffset? moment) => moment <= turn.Now;

    private static void Wake(PodTurn turn)
    {
        switch (turn.Pod.Stage)
        {
            case PodStage.Held: LaunchSteps.Plan(turn); break;
            case PodStage.RecordingPlan: LaunchSteps.RecordPlan(turn); break;
            case PodStage.Launching: LaunchSteps.Run(turn); break;
            case PodStage.LookingUp: LookupSteps.LookUp(turn); break;
            case PodStage.Connecting: AgentSteps.Dial(turn); break;
            case PodStage.Starting: ApplicationSteps.Launch(turn); break;
            case PodStage.Stopping: ApplicationSteps.Terminate(turn); break;
            case PodStage.Finished: InstanceSteps.EndFinished(turn); break;
            case PodStage.Replacing or PodStage.Ending: InstanceSteps.Terminate(turn); break;
            case PodStage.Removing: DeletionSteps.Remove(turn); break;
            case PodStage.New or PodStage.Running or PodStage.Gone: break;
            default: throw new ArgumentOutOfRangeException(nameof(turn), turn.Pod.Stage, "No such stage.");
        }
    }
}
