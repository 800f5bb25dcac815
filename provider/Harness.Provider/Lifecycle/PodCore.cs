using System.Diagnostics;

namespace Harness.Provider.Lifecycle;

/// <summary>
/// The life of a pod as a pure function: what was known, what happened and what time it is give what is known and what is
/// to be done. No I/O, no clock, no tasks; safe to call from anywhere. Each event is handed to the room that owns it;
/// afterwards <see cref="StatusSteps.Flush"/> has the status written when it changed.
/// </summary>
internal static class PodCore
{
    public static PodStep Step(PodRecord pod, PodEvent happened, DateTimeOffset now, PodPolicy policy)
    {
        if (pod.Stage == PodStage.Gone)
        {
            return new PodStep(pod, []);
        }

        var turn = new PodTurn(pod, now, policy);
        Dispatch(turn, happened);
        StatusSteps.Flush(turn);
        return new PodStep(turn.Pod, turn.TakeEffects());
    }

    private static void Dispatch(PodTurn turn, PodEvent happened)
    {
        switch (happened)
        {
            case PodEvent.Seen seen: ObjectSteps.Seen(turn, seen.Demand); break;
            case PodEvent.Vanished: DeletionSteps.ObjectGone(turn); break;
            case PodEvent.Tick: ClockSteps.Tick(turn); break;
            case PodEvent.PlanRecorded: LaunchSteps.PlanRecorded(turn); break;
            case PodEvent.PlanNotRecorded failed: LaunchSteps.PlanNotRecorded(turn, failed); break;
            case PodEvent.InstanceLaunched launched: LaunchSteps.Launched(turn, launched.Instance); break;
            case PodEvent.LaunchRefused refused: LaunchSteps.Refused(turn, refused); break;
            case PodEvent.LaunchUnknown unknown: LookupSteps.Doubt(turn, unknown.Message); break;
            case PodEvent.LaunchLimited limited: LaunchSteps.Limited(turn, limited); break;
            case PodEvent.TokenLookedUp answer: LookupSteps.LookedUp(turn, answer.Instances); break;
            case PodEvent.TokenNotLookedUp: LookupSteps.NotLookedUp(turn); break;
            case PodEvent.InstanceRecorded: turn.Pod = turn.Pod with { InstanceRecorded = true }; break;
            case PodEvent.InstanceNotRecorded failed: InstanceSteps.NotRecorded(turn, failed.Failure); break;
            case PodEvent.InstanceObserved seen: InstanceSteps.Observed(turn, seen); break;
            case PodEvent.InstanceEnding ending: InstanceSteps.Ended(turn, ending.InstanceId); break;
            case PodEvent.InstanceNotEnded failed: InstanceSteps.NotEnded(turn, failed); break;
            case PodEvent.PodRemoved: turn.Enter(PodStage.Gone); break;
            case PodEvent.PodNotRemoved: DeletionSteps.NotRemoved(turn); break;
            case PodEvent.StatusWritten: StatusSteps.Written(turn); break;
            case PodEvent.StatusNotWritten failed: StatusSteps.NotWritten(turn, failed.Failure); break;
            default: DispatchAgent(turn, happened); break;
        }
    }

    private static void DispatchAgent(PodTurn turn, PodEvent happened)
    {
        switch (happened)
        {
            case PodEvent.AgentReached reached when Current(turn, reached.InstanceId): AgentSteps.Reached(turn); break;
            case PodEvent.AgentUnreachable failed when Current(turn, failed.InstanceId): AgentSteps.Unreachable(turn, failed.Message); break;
            case PodEvent.ApplicationLaunched launched when Current(turn, launched.InstanceId): ApplicationSteps.Launched(turn); break;
            case PodEvent.ApplicationNotLaunched failed when Current(turn, failed.InstanceId): ApplicationSteps.NotLaunched(turn, failed); break;
            case PodEvent.ApplicationReported report when Current(turn, report.InstanceId): HealthSteps.Reported(turn, report); break;
            case PodEvent.CheckFailed failed when Current(turn, failed.InstanceId): HealthSteps.CheckFailed(turn, failed); break;
            case PodEvent.WatchEnded ended when Current(turn, ended.InstanceId): HealthSteps.WatchEnded(turn, ended.Message); break;
            case PodEvent.AgentHealthReported health when Current(turn, health.InstanceId): HealthSteps.AgentHealth(turn, health.Serving); break;
            case PodEvent.TerminationAccepted accepted when Current(turn, accepted.InstanceId): ApplicationSteps.TerminationAccepted(turn); break;
            case PodEvent.TerminationFailed failed when Current(turn, failed.InstanceId): ApplicationSteps.TerminationFailed(turn, failed); break;
            case PodEvent.AgentReached or PodEvent.AgentUnreachable or PodEvent.ApplicationLaunched or PodEvent.ApplicationNotLaunched
                or PodEvent.ApplicationReported or PodEvent.CheckFailed or PodEvent.WatchEnded or PodEvent.AgentHealthReported
                or PodEvent.TerminationAccepted or PodEvent.TerminationFailed:
                break; // From an instance that this pod has no longer.
            default: throw new UnreachableException($"No transition for {happened.GetType().Name}.");
        }
    }

    private static bool Current(PodTurn turn, string instanceId) => turn.Pod.Instance?.Id == instanceId;
}
