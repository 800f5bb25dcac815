namespace Harness.Provider.Lifecycle;

/// <summary>
/// What a change of the API object means: for a pod not known yet, where to begin (also after a restart, from what earlier
/// runs recorded); for a known one, an order to delete or changed wishes. Pure; called by <see cref="PodCore"/> alone.
/// </summary>
internal static class ObjectSteps
{
    public static void Seen(PodTurn turn, PodDemand demand)
    {
        var before = turn.Pod.Demand;
        turn.Pod = turn.Pod with { Demand = demand };
        if (turn.Pod.Stage == PodStage.New)
        {
            Begin(turn, demand);
        }

        if (demand.DeletionDue is { } due && turn.Pod.Stage != PodStage.Gone)
        {
            DeletionSteps.Order(turn, due);
        }
        else if (turn.Pod.Stage == PodStage.Held && before is not null && WishesDiffer(before, demand))
        {
            turn.Pod = turn.Pod with { FailedAttempts = 0 };
            LaunchSteps.Plan(turn);
        }
    }

    private static bool WishesDiffer(PodDemand before, PodDemand demand) =>
        before.Wishes != demand.Wishes || before.LaunchAsked != demand.LaunchAsked;

    private static void Begin(PodTurn turn, PodDemand demand)
    {
        turn.Pod = turn.Pod with
        {
            Attempt = demand.Recorded?.Attempt ?? 0,
            Plan = demand.Recorded?.Plan,
            Launched = demand.Phase is not (PodPhase.None or PodPhase.Pending),
        };
        Remember(turn, demand);
        if (demand.InstanceId is { } instanceId)
        {
            InstanceSteps.Adopt(turn, instanceId);
        }
        else if (demand.Recorded is not null)
        {
            LookupSteps.AfterRestart(turn);
        }
        else if (demand.Phase.IsTerminal())
        {
            turn.Enter(PodStage.Finished);
        }
        else if (demand.DeletionDue is not null)
        {
            turn.Enter(PodStage.Held);
        }
        else
        {
            LaunchSteps.Plan(turn);
        }
    }

    /// <summary>Takes over the status of a pod that ran before, as if this run had written it.</summary>
    private static void Remember(PodTurn turn, PodDemand demand)
    {
        if (!turn.Pod.Launched)
        {
            return;
        }

        var view = new StatusView
        {
            Phase = demand.Phase,
            Report = demand.Reported,
            PodIp = demand.Reported?.Status?.PodIP is { Length: > 0 } ip ? ip : null,
        };
        turn.Pod = turn.Pod with { Wanted = view, Written = view };
    }
}
