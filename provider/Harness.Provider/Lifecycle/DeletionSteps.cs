namespace Harness.Provider.Lifecycle;

/// <summary>
/// A pod on its way out: what has to end first depends on how far it came. An effect under way is awaited, never forgotten.
/// Pure; called by <see cref="PodCore"/> and other steps.
/// </summary>
internal static class DeletionSteps
{
    /// <summary>The API says that the pod has to go by then. A later order can only hurry it.</summary>
    public static void Order(PodTurn turn, DateTimeOffset due)
    {
        var standing = turn.Pod.Deletion;
        if (standing is not null && standing.Due <= due)
        {
            return;
        }

        turn.Pod = turn.Pod with { Deletion = new DeletionOrder(due, standing?.ObjectGone ?? false) };
        if (standing is null)
        {
            Begin(turn);
        }
    }

    /// <summary>Somebody removed the API object: the rest has to go too, within the pod's own grace.</summary>
    public static void ObjectGone(PodTurn turn)
    {
        var standing = turn.Pod.Deletion;
        var due = standing?.Due ?? turn.Now + (turn.Pod.Demand?.Grace ?? TimeSpan.Zero);
        turn.Pod = turn.Pod with { Deletion = new DeletionOrder(due, ObjectGone: true), WriteAt = null, RecordInstanceAt = null };
        if (turn.Pod.Stage is PodStage.Removing or PodStage.New)
        {
            turn.Enter(PodStage.Gone);
        }
        else if (standing is null)
        {
            Begin(turn);
        }
    }

    public static void BeginRemoval(PodTurn turn)
    {
        if (turn.Pod.Deletion!.ObjectGone)
        {
            turn.Enter(PodStage.Gone);
            return;
        }

        turn.Enter(PodStage.Removing);
        Remove(turn);
    }

    /// <summary>Removes the API object once its last status is told.</summary>
    public static void Remove(PodTurn turn)
    {
        var told = turn.Pod.Writing is null && turn.Pod.Written == turn.Pod.Wanted;
        if (told || !turn.Pod.Wanted.Phase.IsTerminal())
        {
            turn.Do(new PodEffect.RemovePod());
        }
    }

    public static void NotRemoved(PodTurn turn)
    {
        if (turn.Pod.Stage == PodStage.Removing)
        {
            turn.RetryAfter(turn.Policy.RequestBackoff);
        }
    }

    public static void StoppingTimeout(PodTurn turn)
    {
        if (turn.Pod.Stage == PodStage.Stopping && ClockSteps.Due(turn, turn.Pod.Deletion!.Due))
        {
            InstanceSteps.BeginEnding(turn, PodStage.Ending);
        }
    }

    private static void Begin(PodTurn turn)
    {
        var pod = turn.Pod;
        var underWay = pod.WakeAt is null;
        switch (pod.Stage)
        {
            case PodStage.New or PodStage.Held:
            case PodStage.RecordingPlan or PodStage.Launching when !underWay && !pod.Doubtful:
            case PodStage.Finished when pod.Instance is null or { IsDead: true }:
                BeginRemoval(turn);
                break;
            case PodStage.Launching when !underWay:
                LookupSteps.Doubt(turn, "the pod was deleted");
                break;
            case PodStage.Connecting when pod.Launched:
            case PodStage.Starting when !underWay:
            case PodStage.Running:
                ApplicationSteps.BeginStopping(turn);
                break;
            case PodStage.Connecting or PodStage.Finished:
                InstanceSteps.BeginEnding(turn, PodStage.Ending);
                break;
            case PodStage.RecordingPlan or PodStage.Launching or PodStage.LookingUp or PodStage.Starting or PodStage.Replacing:
                break; // Its result, or its clock, leads on.
            default: throw new InvalidOperationException($"Pod {pod.Uid} cannot begin to be deleted in stage {pod.Stage}.");
        }
    }
}
