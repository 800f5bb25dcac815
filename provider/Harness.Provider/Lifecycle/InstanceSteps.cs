namespace Harness.Provider.Lifecycle;

/// <summary>
/// A pod and its instance: taken over, recorded, observed, ended. Nothing counts as ended until EC2 says shutting-down or
/// terminated. Pure; called by <see cref="PodCore"/> and other steps.
/// </summary>
internal static class InstanceSteps
{
    /// <summary>
    /// The instance of the attempt in force is known: record it and reach its agent, or end it when the pod is on its way out.
    /// </summary>
    public static void Take(PodTurn turn, InstanceFacts instance)
    {
        turn.Pod = turn.Pod with
        {
            Instance = instance, Doubtful = false, DoubtfulRefusal = null, Missing = 0,
            Wanted = turn.Pod.Wanted with { PodIp = instance.PrivateIp },
        };
        if (turn.Deleting)
        {
            BeginEnding(turn, PodStage.Ending);
            return;
        }

        turn.Do(new PodEffect.RecordInstance(instance.Id));
        if (turn.Pod.Wanted.Phase.IsTerminal())
        {
            Finish(turn);
            return;
        }

        AgentSteps.Connect(turn);
    }

    /// <summary>After a restart, or coming from another provider: the pod names its instance.</summary>
    public static void Adopt(PodTurn turn, string instanceId)
    {
        turn.Pod = turn.Pod with { Instance = new InstanceFacts(instanceId, null, InstanceState.Unknown, null), InstanceRecorded = true, LaunchDoubtful = true };
        turn.Do(new PodEffect.ObserveInstance(instanceId));
        if (turn.Pod.Wanted.Phase.IsTerminal())
        {
            Finish(turn);
            return;
        }

        AgentSteps.Connect(turn);
    }

    public static void NotRecorded(PodTurn turn, WriteFailure failure)
    {
        if (failure == WriteFailure.ObjectGone)
        {
            DeletionSteps.ObjectGone(turn);
            return;
        }

        turn.Pod = turn.Pod with { RecordInstanceAt = turn.Now + turn.Policy.RequestBackoff.After(3, turn.Pod.Uid) };
    }

    public static void Observed(PodTurn turn, PodEvent.InstanceObserved seen)
    {
        if (turn.Pod.Instance is not { } known || known.Id != seen.InstanceId || known.IsDead)
        {
            return;
        }

        if (seen.Facts is null)
        {
            ObserveMissing(turn, known);
            return;
        }

        var facts = seen.Facts with { PrivateIp = seen.Facts.PrivateIp ?? known.PrivateIp };
        turn.Pod = turn.Pod with
        {
            Instance = facts, Missing = 0,
            Wanted = facts.IsDead ? turn.Pod.Wanted : turn.Pod.Wanted with { PodIp = facts.PrivateIp ?? turn.Pod.Wanted.PodIp },
        };
        if (facts.IsDead)
        {
            Died(turn, $"Instance {facts.Id} was terminated by someone else.");
        }
        else if (facts.IsStopped)
        {
            Stopped(turn, facts);
        }
        else
        {
            AgentSteps.InstanceMoved(turn, known, facts);
        }
    }

    /// <summary>EC2 accepted the termination, or said that the instance is dead.</summary>
    public static void Ended(PodTurn turn, string instanceId)
    {
        if (turn.Pod.Instance is { } instance && instance.Id == instanceId && !instance.IsDead)
        {
            turn.Pod = turn.Pod with { Instance = instance with { State = InstanceState.ShuttingDown } };
            Died(turn, $"Instance {instanceId} has ended.");
        }
    }

    public static void NotEnded(PodTurn turn, PodEvent.InstanceNotEnded failed)
    {
        if (turn.Pod.Stage is not (PodStage.Ending or PodStage.Replacing or PodStage.Finished) || turn.Pod.Instance?.Id != failed.InstanceId)
        {
            return;
        }

        if (failed.NotFound && !IsYoung(turn, turn.Pod.Instance))
        {
            Ended(turn, failed.InstanceId);
            return;
        }

        if (turn.Pod.Failures == 0)
        {
            turn.Warn(Reasons.InstanceNotEnded, $"Instance {failed.InstanceId} could not be terminated yet: {failed.Message}");
        }

        turn.RetryAfter(turn.Policy.RequestBackoff);
    }

    /// <summary>The pod has its last phase: leave the agent, and end the instance after its retention.</summary>
    public static void Finish(PodTurn turn)
    {
        AgentSteps.Close(turn);
        turn.Enter(PodStage.Finished);
        if (turn.Pod.Instance is { IsDead: false })
        {
            turn.WakeIn(turn.Policy.FinishedRetention);
        }
    }

    public static void EndFinished(PodTurn turn)
    {
        if (turn.Pod.Instance is { IsDead: false })
        {
            Terminate(turn);
        }
    }

    public static void BeginEnding(PodTurn turn, PodStage stage)
    {
        AgentSteps.Close(turn);
        turn.Enter(stage);
        Terminate(turn);
    }

    public static void Terminate(PodTurn turn) => turn.Do(new PodEffect.TerminateInstance(turn.Pod.Instance!.Id, EndReason(turn.Pod)));

    private static string EndReason(PodRecord pod) => pod.Stage switch
    {
        PodStage.Replacing => "replaced: " + pod.Wanted.WaitingMessage,
        PodStage.Finished => "pod " + pod.Wanted.Phase,
        _ => "pod deleted",
    };

    private static void ObserveMissing(PodTurn turn, InstanceFacts known)
    {
        turn.Pod = turn.Pod with { Missing = turn.Pod.Missing + 1 };
        var answering = turn.Pod.Stage == PodStage.Running && turn.Pod.Link.FailedChecks == 0;
        if (turn.Pod.Missing < turn.Policy.MissingThreshold || IsYoung(turn, known) || answering)
        {
            return;
        }

        turn.Pod = turn.Pod with { Instance = known with { State = InstanceState.Terminated } };
        Died(turn, $"EC2 does not know instance {known.Id} any longer.");
    }

    /// <summary>EC2 is eventually consistent: an instance just launched may not be known everywhere.</summary>
    private static bool IsYoung(PodTurn turn, InstanceFacts instance) =>
        instance.LaunchedAt is { } launched && turn.Now - launched < turn.Policy.MissingGrace;

    private static void Died(PodTurn turn, string message)
    {
        switch (turn.Pod.Stage)
        {
            case PodStage.Connecting when !turn.Pod.Launched && !turn.Deleting:
                AgentSteps.Close(turn);
                LaunchSteps.AttemptOver(turn, Reasons.InstanceTerminated, message);
                break;
            case PodStage.Replacing:
                Replaced(turn);
                break;
            case PodStage.Connecting or PodStage.Starting or PodStage.Running when !turn.Deleting:
                turn.Warn(Reasons.InstanceTerminated, message);
                StatusSteps.Fail(turn, Reasons.InstanceTerminated, message);
                Finish(turn);
                break;
            case PodStage.Connecting or PodStage.Starting or PodStage.Running or PodStage.Stopping or PodStage.Ending:
                AgentSteps.Close(turn);
                DeletionSteps.BeginRemoval(turn);
                break;
            case PodStage.Finished when turn.Deleting:
                DeletionSteps.BeginRemoval(turn);
                break;
            case PodStage.Finished:
                ExplainFailure(turn, message);
                turn.Enter(PodStage.Finished);
                break;
            default:
                break; // Planning, launching and removal hold no live instance.
        }
    }

    /// <summary>The instance is lost while it was to be kept: that is why the application failed, as far as nothing else is said.</summary>
    private static void ExplainFailure(PodTurn turn, string message)
    {
        var kept = turn.Pod.WakeAt is not null;
        if (kept && turn.Pod.Wanted is { Phase: PodPhase.Failed, Reason: "" })
        {
            turn.Warn(Reasons.InstanceTerminated, message);
            StatusSteps.Fail(turn, Reasons.InstanceTerminated, message);
        }
    }

    private static void Replaced(PodTurn turn)
    {
        var (reason, message) = (turn.Pod.Wanted.WaitingReason, turn.Pod.Wanted.WaitingMessage);
        LaunchSteps.AttemptOver(turn, reason, message);
    }

    private static void Stopped(PodTurn turn, InstanceFacts facts)
    {
        var message = $"Instance {facts.Id} was stopped by someone else.";
        switch (turn.Pod.Stage)
        {
            case PodStage.Connecting when !turn.Pod.Launched && !turn.Deleting:
                turn.Warn(Reasons.InstanceStopped, message);
                turn.Waiting(Reasons.InstanceStopped, message);
                BeginEnding(turn, PodStage.Replacing);
                break;
            case PodStage.Connecting or PodStage.Starting or PodStage.Running when !turn.Deleting:
                turn.Warn(Reasons.InstanceStopped, message);
                StatusSteps.Fail(turn, Reasons.InstanceStopped, message);
                Finish(turn);
                break;
            case PodStage.Connecting or PodStage.Starting or PodStage.Running or PodStage.Stopping:
                BeginEnding(turn, PodStage.Ending);
                break;
            default:
                break; // It is being ended, or is kept until its retention is over.
        }
    }
}
