using Harness.Provider.Launching;

namespace Harness.Provider.Lifecycle;

/// <summary>
/// From a wish to an instance: the plan, its record on the pod, RunInstances and its answers. A new attempt is planned only
/// once the one before is known to have made nothing, or its instance is dead. Pure; called by the other steps.
/// </summary>
internal static class LaunchSteps
{
    /// <summary>Begins an attempt, or says why none is made.</summary>
    public static void Plan(PodTurn turn)
    {
        var demand = turn.Pod.Demand!;
        if (demand.OwnedByDaemonSet && !demand.LaunchAsked)
        {
            Hold(turn, Reasons.DaemonSetNotLaunched,
                $"Pods of a DaemonSet get no instance unless annotated {WellKnown.LaunchAnnotation}: \"true\" (nothing was launched).");
            return;
        }

        if (demand.Refusal is { } refusal)
        {
            turn.Warn(Reasons.FieldNotSupported, refusal);
            StatusSteps.Fail(turn, Reasons.FieldNotSupported, refusal);
            turn.Enter(PodStage.Finished);
            return;
        }

        switch (LaunchPlanner.Plan(demand.Wishes, turn.Policy.Defaults, turn.Now))
        {
            case LaunchPlanning.Complete(var plan):
                turn.Enter(PodStage.RecordingPlan);
                turn.Pod = turn.Pod with
                {
                    Attempt = turn.Pod.Attempt + 1, Plan = plan, Instance = null, InstanceRecorded = false, RecordInstanceAt = null,
                    Missing = 0, Doubtful = false, DoubtfulRefusal = null, TokenUsed = false, EmptyLookups = 0, Launched = false, LaunchDoubtful = false, Link = new AgentLink(),
                };
                turn.Waiting(Reasons.InstanceLaunching, $"An instance ({plan.InstanceType}, {plan.ImageId}) is being launched.");
                RecordPlan(turn);
                break;
            case LaunchPlanning.Incomplete(var message):
                Hold(turn, Reasons.LaunchIncomplete, message);
                break;
        }
    }

    public static void RecordPlan(PodTurn turn) => turn.Do(new PodEffect.RecordPlan(turn.Pod.Attempt, turn.Pod.Plan!));

    public static void PlanRecorded(PodTurn turn)
    {
        if (turn.Pod.Stage != PodStage.RecordingPlan)
        {
            return;
        }

        if (turn.Deleting)
        {
            DeletionSteps.BeginRemoval(turn);
            return;
        }

        turn.Enter(PodStage.Launching);
        turn.Announce(Reasons.InstanceLaunching, $"Launching an instance: {Describe(turn.Pod.Plan!)}, attempt {turn.Pod.Attempt}.");
        Run(turn);
    }

    public static void PlanNotRecorded(PodTurn turn, PodEvent.PlanNotRecorded failed)
    {
        if (turn.Pod.Stage != PodStage.RecordingPlan)
        {
            return;
        }

        if (failed.Failure == WriteFailure.ObjectGone)
        {
            DeletionSteps.ObjectGone(turn);
        }

        // Nothing was asked of EC2 under this plan: a pod on its way out needs no more of it.
        if (turn.Deleting)
        {
            DeletionSteps.BeginRemoval(turn);
            return;
        }

        turn.RetryAfter(turn.Policy.RequestBackoff);
    }

    public static void Run(PodTurn turn) =>
        turn.Do(new PodEffect.RunInstance(turn.Pod.Attempt, turn.Pod.Plan!));

    public static void Launched(PodTurn turn, InstanceFacts instance)
    {
        if (turn.Pod.Stage is not (PodStage.Launching or PodStage.LookingUp))
        {
            return;
        }

        if (instance.IsDead)
        {
            AttemptOver(turn, Reasons.InstanceTerminated, $"Instance {instance.Id} ended before its agent was reached.");
            return;
        }

        turn.Announce(Reasons.InstanceLaunched, $"Instance {instance.Id} was launched ({instance.PrivateIp ?? "no address yet"}).");
        InstanceSteps.Take(turn, instance);
    }

    public static void Refused(PodTurn turn, PodEvent.LaunchRefused refused)
    {
        if (turn.Pod.Stage != PodStage.Launching)
        {
            return;
        }

        var named = refused.Message.Contains(refused.Code, StringComparison.Ordinal);
        var text = $"EC2 refused the launch: {(named ? "" : refused.Code + ": ")}{refused.Message}";
        switch (refused.Refusal)
        {
            case LaunchRefusal.Throttled:
                Postpone(turn, text);
                break;
            case LaunchRefusal.TokenUsed:
            case LaunchRefusal.Definite when turn.Pod.Doubtful:
                turn.Pod = turn.Pod with { DoubtfulRefusal = text, TokenUsed = refused.Refusal == LaunchRefusal.TokenUsed };
                LookupSteps.Doubt(turn, text);
                break;
            case LaunchRefusal.Definite or LaunchRefusal.TokenSpent:
                AttemptOver(turn, Reasons.InstanceLaunchFailed, text);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(refused), refused.Refusal, "No such refusal.");
        }
    }

    public static void Limited(PodTurn turn, PodEvent.LaunchLimited limited)
    {
        if (turn.Pod.Stage != PodStage.Launching)
        {
            return;
        }

        if (turn.Deleting)
        {
            Postpone(turn, limited.Message);
            return;
        }

        if (turn.Pod.Wanted.WaitingReason != Reasons.LaunchLimited)
        {
            turn.Warn(Reasons.LaunchLimited, limited.Message);
        }

        turn.Waiting(Reasons.LaunchLimited, limited.Message);
        turn.Pod = turn.Pod with { Failures = turn.Pod.Failures + 1 };
        turn.WakeIn(limited.RetryAfter);
    }

    /// <summary>
    /// The attempt made nothing that lives: another follows after a backoff, or the pod goes on to where it was bound.
    /// </summary>
    public static void AttemptOver(PodTurn turn, string reason, string message)
    {
        turn.Pod = turn.Pod with { Instance = null, RecordInstanceAt = null, Doubtful = false, DoubtfulRefusal = null, Link = new AgentLink() };
        if (turn.Deleting)
        {
            DeletionSteps.BeginRemoval(turn);
            return;
        }

        if (turn.Pod.Launched && !turn.Pod.Wanted.Phase.IsTerminal())
        {
            // The application ran on it: to run it again is for the pod's owner to decide.
            turn.Warn(reason, message);
            StatusSteps.Fail(turn, reason, message);
        }

        if (turn.Pod.Wanted.Phase.IsTerminal())
        {
            turn.Enter(PodStage.Finished);
            return;
        }

        var failed = turn.Pod.FailedAttempts + 1;
        turn.Warn(reason, message);
        turn.Enter(PodStage.Held);
        turn.Waiting(reason, message);
        turn.Pod = turn.Pod with { FailedAttempts = failed };
        turn.WakeIn(turn.Policy.LaunchBackoff.After(failed, turn.Pod.Uid));
    }

    private static void Postpone(PodTurn turn, string text)
    {
        if (!turn.Deleting)
        {
            turn.Waiting(Reasons.InstanceLaunching, text);
            turn.RetryAfter(turn.Policy.RequestBackoff);
        }
        else if (turn.Pod.Doubtful)
        {
            LookupSteps.Doubt(turn, text);
        }
        else
        {
            DeletionSteps.BeginRemoval(turn);
        }
    }

    private static void Hold(PodTurn turn, string reason, string message)
    {
        turn.Enter(PodStage.Held);
        turn.Waiting(reason, message);
        turn.Warn(reason, message);
    }

    private static string Describe(LaunchPlan plan) => $"{plan.InstanceType}, {plan.ImageId}, {plan.SubnetId}";
}
