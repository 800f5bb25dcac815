namespace Harness.Provider.Lifecycle;

/// <summary>
/// Reaching the agent of an instance: dials within milliseconds while a boot is about to end, then with the configured
/// backoff, given up after the configured time by the configured policy. Pure; called by <see cref="PodCore"/> and other steps.
/// </summary>
internal static class AgentSteps
{
    /// <summary>Turns to the agent of an instance just taken or adopted.</summary>
    public static void Connect(PodTurn turn)
    {
        Prepare(turn);
        Dial(turn);
    }

    /// <summary>The agent was lost before it had launched: its connection is made anew, after a breath.</summary>
    public static void Reconnect(PodTurn turn)
    {
        Close(turn);
        Prepare(turn);
        turn.WakeIn(turn.Policy.RequestBackoff.After(1, turn.Pod.Uid));
    }

    /// <summary>The instance was observed alive: a new address or the end of its boot is a reason to dial now.</summary>
    public static void InstanceMoved(PodTurn turn, InstanceFacts before, InstanceFacts facts)
    {
        if (turn.Pod.Stage is not (PodStage.Connecting or PodStage.Stopping))
        {
            return;
        }

        if (facts.State == InstanceState.Running && before.State != InstanceState.Running)
        {
            turn.Pod = turn.Pod with
            {
                Link = turn.Pod.Link with
                {
                    EagerUntil = turn.Now + turn.Policy.EagerFor,
                    ConnectDue = turn.Pod.Stage == PodStage.Connecting ? turn.Now + turn.Policy.ConnectTimeout : null,
                    FailedDials = 0,
                },
            };
            Explain(turn);
            Dial(turn);
        }
        else if (before.PrivateIp is null && facts.PrivateIp is not null)
        {
            Dial(turn);
        }
    }

    public static void Dial(PodTurn turn)
    {
        if (turn.Pod.Link.Dialling || turn.Pod.Link.Connected || turn.Pod.Instance is not { IsDead: false, PrivateIp: { } address } instance)
        {
            return;
        }

        turn.Pod = turn.Pod with { WakeAt = null, Link = turn.Pod.Link with { Dialling = true } };
        turn.Do(new PodEffect.DialAgent(instance.Id, address, IsEager(turn)));
    }

    public static void Reached(PodTurn turn)
    {
        turn.Pod = turn.Pod with { Link = turn.Pod.Link with { Dialling = false, Connected = true, FailedDials = 0, ConnectDue = null } };
        switch (turn.Pod.Stage)
        {
            case PodStage.Connecting when turn.Pod.Launched:
                turn.Announce(Reasons.AgentConnected, $"The agent at {turn.Pod.Instance!.PrivateIp} answers; the running application is followed.");
                HealthSteps.Follow(turn);
                break;
            case PodStage.Connecting:
                turn.Announce(Reasons.AgentConnected, $"The agent at {turn.Pod.Instance!.PrivateIp} answers.");
                turn.Enter(PodStage.Starting);
                turn.Waiting(Reasons.ApplicationStarting, "The application is being launched.");
                ApplicationSteps.Launch(turn);
                break;
            case PodStage.Stopping:
                ApplicationSteps.Terminate(turn);
                break;
            default:
                turn.Do(new PodEffect.CloseAgent(turn.Pod.Instance!.Id)); // It came too late.
                break;
        }
    }

    public static void Unreachable(PodTurn turn, string message)
    {
        var failed = turn.Pod.Link.FailedDials + 1;
        turn.Pod = turn.Pod with { Link = turn.Pod.Link with { Dialling = false, Connected = false, FailedDials = failed } };
        if (turn.Pod.Stage is not (PodStage.Connecting or PodStage.Stopping))
        {
            return;
        }

        if (!IsEager(turn))
        {
            turn.Waiting(turn.Pod.Wanted.WaitingReason, $"The agent at {turn.Pod.Instance!.PrivateIp} does not answer yet: {message}");
        }

        var backoff = IsEager(turn) || turn.Pod.Stage == PodStage.Stopping ? turn.Policy.EagerBackoff : turn.Policy.ConnectBackoff;
        turn.WakeIn(backoff.After(failed, turn.Pod.Uid));
    }

    public static void ConnectTimeout(PodTurn turn)
    {
        if (turn.Pod.Stage != PodStage.Connecting || !ClockSteps.Due(turn, turn.Pod.Link.ConnectDue))
        {
            return;
        }

        turn.Pod = turn.Pod with { Link = turn.Pod.Link with { ConnectDue = null } };
        var message = $"The agent at {turn.Pod.Instance!.PrivateIp ?? "an unknown address"} did not answer within "
            + $"{turn.Policy.ConnectTimeout.TotalSeconds:0} s of instance {turn.Pod.Instance.Id} running; check the image, its agent and the security groups.";
        turn.Warn(Reasons.AgentTimeout, message);
        if (turn.Policy.OnAgentTimeout == AgentTimeoutPolicy.Fail || turn.Pod.Launched)
        {
            StatusSteps.Fail(turn, Reasons.AgentTimeout, message);
            Finish(turn);
            return;
        }

        turn.Waiting(Reasons.AgentTimeout, message);
        InstanceSteps.BeginEnding(turn, PodStage.Replacing);
    }

    /// <summary>Leaves the agent: its connection is closed, whatever it does.</summary>
    public static void Close(PodTurn turn)
    {
        var link = turn.Pod.Link;
        turn.Pod = turn.Pod with { Link = new AgentLink { Dialling = link.Dialling } };
        if ((link.Connected || link.Dialling) && turn.Pod.Instance is { } instance)
        {
            turn.Do(new PodEffect.CloseAgent(instance.Id));
        }
    }

    /// <summary>An agent that never answered has nothing to keep its instance for.</summary>
    private static void Finish(PodTurn turn)
    {
        InstanceSteps.Finish(turn);
        turn.Pod = turn.Pod with { WakeAt = turn.Now };
    }

    private static bool IsEager(PodTurn turn) => turn.Now < turn.Pod.Link.EagerUntil;

    private static void Explain(PodTurn turn)
    {
        if (turn.Pod.Launched)
        {
            return;
        }

        var instance = turn.Pod.Instance!;
        if (instance.State == InstanceState.Running)
        {
            turn.Waiting(Reasons.AgentConnecting, $"Instance {instance.Id} runs; its agent is being connected to.");
        }
        else
        {
            turn.Waiting(Reasons.InstanceBooting, $"Instance {instance.Id} is booting.");
        }
    }

    private static void Prepare(PodTurn turn)
    {
        turn.Enter(PodStage.Connecting);
        var running = turn.Pod.Instance!.State == InstanceState.Running;
        turn.Pod = turn.Pod with
        {
            Link = new AgentLink
            {
                EagerUntil = turn.Now + turn.Policy.EagerFor,
                ConnectDue = running ? turn.Now + turn.Policy.ConnectTimeout : null,
            },
        };
        Explain(turn);
    }
}
