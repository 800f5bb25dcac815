namespace Harness.Provider.Lifecycle;

/// <summary>
/// Following a launched application: reports of watch and check, and what their failures come to. Silence is not a failure:
/// a check every period decides. Pure; called by <see cref="PodCore"/> and other steps.
/// </summary>
internal static class HealthSteps
{
    private const string NotServing = "its agent says NOT_SERVING";

    /// <summary>The application was launched, now or by an earlier run: follow it.</summary>
    public static void Follow(PodTurn turn)
    {
        turn.Enter(PodStage.Running);
        turn.Pod = turn.Pod with { Link = turn.Pod.Link with { Watching = true, RewatchAt = null } };
        turn.Do(new PodEffect.WatchApplication(turn.Pod.Instance!.Id));
        CheckNow(turn);
    }

    public static void CheckNow(PodTurn turn)
    {
        if (!turn.Pod.Link.Checking)
        {
            turn.Pod = turn.Pod with { Link = turn.Pod.Link with { Checking = true, OutdatesCheck = false, CheckAt = null } };
            turn.Do(new PodEffect.CheckApplication(turn.Pod.Instance!.Id));
        }
    }

    public static void Tick(PodTurn turn)
    {
        if (turn.Pod.Stage is not (PodStage.Running or PodStage.Stopping))
        {
            return;
        }

        if (ClockSteps.Due(turn, turn.Pod.Link.CheckAt))
        {
            CheckNow(turn);
        }

        if (ClockSteps.Due(turn, turn.Pod.Link.RewatchAt))
        {
            turn.Pod = turn.Pod with { Link = turn.Pod.Link with { RewatchAt = null, Watching = true } };
            turn.Do(new PodEffect.WatchApplication(turn.Pod.Instance!.Id));
        }
    }

    public static void Reported(PodTurn turn, PodEvent.ApplicationReported reported)
    {
        var outdated = reported.Asked && turn.Pod.Link.OutdatesCheck;
        if (reported.Asked)
        {
            Checked(turn);
        }
        else
        {
            turn.Pod = turn.Pod with { Link = turn.Pod.Link with { OutdatesCheck = true } };
        }

        // What an agent says before it was asked to launch (old ones say Running) tells nothing about this pod.
        if (!turn.Pod.Launched || turn.Pod.Stage is not (PodStage.Running or PodStage.Stopping))
        {
            return;
        }

        if (!turn.Pod.Link.NotServing)
        {
            Recovered(turn);
        }
        else if (reported.Asked)
        {
            CountFailure(turn, NotServing);
        }

        // The answer of a check and a message of the watch overtake each other on their way; the watch's is then the newer one.
        if (outdated || turn.Pod.Stage is not (PodStage.Running or PodStage.Stopping))
        {
            return;
        }

        StatusSteps.Report(turn, reported.Report);
        if (!reported.Report.Phase.IsTerminal())
        {
            return;
        }

        if (turn.Pod.Stage == PodStage.Stopping)
        {
            InstanceSteps.BeginEnding(turn, PodStage.Ending);
            return;
        }

        Ended(turn, reported.Report);
    }

    public static void CheckFailed(PodTurn turn, PodEvent.CheckFailed failed)
    {
        Checked(turn);
        if (turn.Pod.Stage == PodStage.Stopping && failed.NothingThere)
        {
            InstanceSteps.BeginEnding(turn, PodStage.Ending);
            return;
        }

        CountFailure(turn, failed.Message);
    }

    public static void WatchEnded(PodTurn turn, string message)
    {
        turn.Pod = turn.Pod with { Link = turn.Pod.Link with { Watching = false } };
        if (turn.Pod.Stage is not (PodStage.Running or PodStage.Stopping))
        {
            return;
        }

        turn.Pod = turn.Pod with { Link = turn.Pod.Link with { RewatchAt = turn.Now + turn.Policy.StreamRetry } };
        turn.Do(new PodEffect.ObserveInstance(turn.Pod.Instance!.Id));
        CountFailure(turn, message);
        if (turn.Pod.Stage is PodStage.Running or PodStage.Stopping)
        {
            CheckNow(turn);
        }
    }

    public static void AgentHealth(PodTurn turn, bool serving)
    {
        turn.Pod = turn.Pod with { Link = turn.Pod.Link with { NotServing = !serving } };
        if (serving)
        {
            Recovered(turn);
        }
        else
        {
            CountFailure(turn, NotServing);
        }
    }

    private static void Ended(PodTurn turn, AgentReport report)
    {
        if (report.Phase == PodPhase.Failed)
        {
            turn.Warn(Reasons.Failed, $"The application has failed: {(report.Trouble.Length > 0 ? report.Trouble : "its agent does not say why.")}");
            turn.Do(new PodEffect.ObserveInstance(turn.Pod.Instance!.Id)); // An instance that is being shut down ends its application first.
        }
        else
        {
            turn.Announce(Reasons.Succeeded, "The application has ended: Succeeded.");
        }

        InstanceSteps.Finish(turn);
    }

    private static void Checked(PodTurn turn)
    {
        var again = turn.Pod.Stage == PodStage.Stopping ? turn.Policy.StoppingCheck : turn.Policy.CheckInterval;
        var follows = turn.Pod.Stage is PodStage.Running or PodStage.Stopping;
        turn.Pod = turn.Pod with { Link = turn.Pod.Link with { Checking = false, CheckAt = follows ? turn.Now + again : null } };
    }

    private static void CountFailure(PodTurn turn, string message)
    {
        if (turn.Pod.Stage != PodStage.Running)
        {
            return;
        }

        var failed = turn.Pod.Link.FailedChecks + 1;
        turn.Pod = turn.Pod with { Link = turn.Pod.Link with { FailedChecks = failed } };
        if (failed >= turn.Policy.UnhealthyMax)
        {
            var text = $"{failed} health checks in a row failed: {message}";
            turn.Warn(Reasons.AgentUnhealthy, text);
            StatusSteps.Fail(turn, Reasons.AgentUnhealthy, text);
            InstanceSteps.Finish(turn);
        }
        else if (failed == turn.Policy.UnhealthyThreshold)
        {
            turn.Warn(Reasons.AgentUnhealthy, $"{failed} health checks in a row failed, the pod is not ready: {message}");
            turn.Pod = turn.Pod with { Wanted = turn.Pod.Wanted with { UnreadyReason = Reasons.AgentUnhealthy } };
        }
    }

    private static void Recovered(PodTurn turn)
    {
        turn.Pod = turn.Pod with { Link = turn.Pod.Link with { FailedChecks = 0 } };
        if (turn.Pod.Wanted.UnreadyReason.Length > 0)
        {
            turn.Announce(Reasons.AgentHealthy, "The agent answers again.");
            turn.Pod = turn.Pod with { Wanted = turn.Pod.Wanted with { UnreadyReason = "" } };
        }
    }
}
