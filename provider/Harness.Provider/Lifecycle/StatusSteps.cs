namespace Harness.Provider.Lifecycle;

/// <summary>
/// The status in the API, level-triggered: whenever the wanted view differs from the written one and no write is under way,
/// one is begun; a failed one is repeated for ever. Pure; called by <see cref="PodCore"/> and other steps.
/// </summary>
internal static class StatusSteps
{
    public static void Report(PodTurn turn, AgentReport report)
    {
        var wanted = turn.Pod.Wanted;
        if (wanted.Phase != PodPhase.Running && report.Phase == PodPhase.Running)
        {
            turn.Announce(Reasons.Started, "The application was started.");
        }

        if (!report.Phase.IsTerminal() && report.Trouble.Length > 0 && report.Trouble != wanted.Report?.Trouble)
        {
            turn.Warn(Reasons.BackOff, $"The application is started again after a while: {report.Trouble}");
        }

        var phase = report.Phase == PodPhase.None ? wanted.Phase : report.Phase;
        turn.Pod = turn.Pod with { Wanted = wanted with { Phase = phase, Report = report } };
    }

    /// <summary>The provider itself decides that the pod has failed; what the agent last reported stands beside it.</summary>
    public static void Fail(PodTurn turn, string reason, string message) =>
        turn.Pod = turn.Pod with { Wanted = turn.Pod.Wanted with { Phase = PodPhase.Failed, Reason = reason, Message = message } };

    public static void Flush(PodTurn turn)
    {
        var pod = turn.Pod;
        if (pod.WriteAt > turn.Now)
        {
            return;
        }

        turn.Pod = pod with { WriteAt = null };
        if (IsSilent(pod) || pod.Writing is not null || pod.Wanted == pod.Written)
        {
            return;
        }

        turn.Pod = turn.Pod with { Writing = pod.Wanted };
        turn.Do(new PodEffect.WriteStatus(pod.Wanted));
    }

    public static void Written(PodTurn turn)
    {
        turn.Pod = turn.Pod with { Written = turn.Pod.Writing ?? turn.Pod.Written, Writing = null, FailedWrites = 0 };
        RemoveIfTold(turn);
    }

    public static void NotWritten(PodTurn turn, WriteFailure failure)
    {
        var failed = turn.Pod.FailedWrites + 1;
        turn.Pod = turn.Pod with { Writing = null, FailedWrites = failed };
        if (failure == WriteFailure.ObjectGone)
        {
            DeletionSteps.ObjectGone(turn);
            return;
        }

        turn.Pod = turn.Pod with { WriteAt = turn.Now + turn.Policy.RequestBackoff.After(failed, turn.Pod.Uid) };
        RemoveIfTold(turn);
    }

    /// <summary>A removal that waited for the last status goes on.</summary>
    private static void RemoveIfTold(PodTurn turn)
    {
        if (turn.Pod.Stage == PodStage.Removing && turn.Pod.WakeAt is null && turn.Pod.Wanted.Phase.IsTerminal())
        {
            DeletionSteps.Remove(turn);
        }
    }

    private static bool IsSilent(PodRecord pod) =>
        pod.Stage is PodStage.New or PodStage.Gone
        || pod.Deletion is { ObjectGone: true }
        || (pod.Stage == PodStage.Removing && !pod.Wanted.Phase.IsTerminal());
}
