namespace Harness.Provider.Lifecycle;

/// <summary>Launching and terminating the application through its agent. Pure; called by <see cref="PodCore"/> and other steps.</summary>
internal static class ApplicationSteps
{
    public static void Launch(PodTurn turn)
    {
        if (!turn.Pod.Link.Connected)
        {
            AgentSteps.Connect(turn);
            return;
        }

        turn.Do(new PodEffect.LaunchApplication(turn.Pod.Instance!.Id, turn.Pod.Instance.PrivateIp!));
    }

    public static void Launched(PodTurn turn)
    {
        if (turn.Pod.Stage != PodStage.Starting)
        {
            return;
        }

        turn.Pod = turn.Pod with { Launched = true, FailedAttempts = 0 };
        if (turn.Deleting)
        {
            BeginStopping(turn);
            return;
        }

        HealthSteps.Follow(turn);
    }

    public static void NotLaunched(PodTurn turn, PodEvent.ApplicationNotLaunched failed)
    {
        if (turn.Pod.Stage != PodStage.Starting)
        {
            return;
        }

        if (failed.Refusal == AgentRefusal.AlreadyLaunched && turn.Pod.LaunchDoubtful)
        {
            Launched(turn);
            return;
        }

        if (turn.Deleting)
        {
            // The answer may have been lost after the launch: the application is asked to end like a running one.
            BeginStopping(turn);
            return;
        }

        switch (failed.Refusal)
        {
            case AgentRefusal.Rejected:
                var message = "The agent cannot run this pod: " + failed.Message;
                turn.Warn(Reasons.ApplicationRejected, message);
                StatusSteps.Fail(turn, Reasons.ApplicationRejected, message);
                InstanceSteps.Finish(turn);
                break;
            case AgentRefusal.Unreachable:
                turn.Pod = turn.Pod with { LaunchDoubtful = true };
                AgentSteps.Reconnect(turn);
                break;
            default:
                if (turn.Pod.Failures == 0)
                {
                    turn.Warn(Reasons.ApplicationNotStarted, "The agent did not launch the application: " + failed.Message);
                }

                turn.Waiting(Reasons.ApplicationNotStarted, failed.Message);
                turn.RetryAfter(turn.Policy.RequestBackoff);
                break;
        }
    }

    /// <summary>The pod is being deleted and its application may run: ask it to end.</summary>
    public static void BeginStopping(PodTurn turn)
    {
        turn.Announce(Reasons.Killing, "The application is asked to end.");
        turn.Enter(PodStage.Stopping);
        Terminate(turn);
    }

    public static void Terminate(PodTurn turn)
    {
        if (!turn.Pod.Link.Connected)
        {
            AgentSteps.Dial(turn);
            return;
        }

        var grace = turn.Pod.Deletion!.Due - turn.Now;
        turn.Do(new PodEffect.TerminateApplication(turn.Pod.Instance!.Id, grace > TimeSpan.Zero ? grace : TimeSpan.Zero));
    }

    public static void TerminationAccepted(PodTurn turn)
    {
        if (turn.Pod.Stage == PodStage.Stopping)
        {
            HealthSteps.CheckNow(turn);
        }
    }

    public static void TerminationFailed(PodTurn turn, PodEvent.TerminationFailed failed)
    {
        if (turn.Pod.Stage != PodStage.Stopping)
        {
            return;
        }

        if (failed.NotOffered)
        {
            InstanceSteps.BeginEnding(turn, PodStage.Ending);
            return;
        }

        turn.RetryAfter(turn.Policy.RequestBackoff);
    }
}
