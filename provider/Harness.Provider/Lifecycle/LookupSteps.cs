using System.Collections.Immutable;

namespace Harness.Provider.Lifecycle;

/// <summary>
/// Finding out what became of an attempt whose outcome is unknown: its client token is looked up. A live instance is
/// adopted; a dead one ends the attempt; nothing found means the same request is repeated (it is idempotent), or, where
/// nothing is to be launched any more, is believed when seen twice. Pure; called by <see cref="PodCore"/> and other steps.
/// </summary>
internal static class LookupSteps
{
    private const int EmptyLookupsToBelieve = 2;

    /// <summary>EC2 knows the token, so there is an instance to be found: nothing found is believed only after a good minute.</summary>
    private const int EmptyLookupsToBelieveOfUsedToken = 8;

    /// <summary>An earlier run recorded an attempt and no instance: it may have stopped at any point between.</summary>
    public static void AfterRestart(PodTurn turn)
    {
        turn.Enter(PodStage.LookingUp);
        turn.Pod = turn.Pod with { Doubtful = true };
        turn.Waiting(Reasons.InstanceLaunching, "An earlier launch is being looked up.");
        LookUp(turn);
    }

    /// <summary>An answer did not come, or did not tell.</summary>
    public static void Doubt(PodTurn turn, string message)
    {
        if (turn.Pod.Stage != PodStage.Launching)
        {
            return;
        }

        turn.Warn(Reasons.InstanceOutcomeUnknown, $"The outcome of the launch is unknown and is being looked up: {message}");
        turn.Waiting(Reasons.InstanceLaunching, "The outcome of the launch is unknown and is being looked up.");
        turn.Enter(PodStage.LookingUp);
        turn.Pod = turn.Pod with { Doubtful = true, EmptyLookups = 0 };
        turn.WakeIn(turn.Policy.LookupDelay);
    }

    public static void LookUp(PodTurn turn) => turn.Do(new PodEffect.LookUpToken(turn.Pod.Attempt));

    public static void NotLookedUp(PodTurn turn)
    {
        if (turn.Pod.Stage == PodStage.LookingUp)
        {
            turn.RetryAfter(turn.Policy.RequestBackoff);
        }
    }

    public static void LookedUp(PodTurn turn, ImmutableArray<InstanceFacts> instances)
    {
        if (turn.Pod.Stage != PodStage.LookingUp)
        {
            return;
        }

        if (instances.FirstOrDefault(instance => !instance.IsDead) is { } live)
        {
            turn.Announce(Reasons.InstanceAdopted, $"Instance {live.Id} of an earlier request was found and is used.");
            InstanceSteps.Take(turn, live);
        }
        else if (instances.Length > 0)
        {
            LaunchSteps.AttemptOver(turn, Reasons.InstanceTerminated, $"Instance {instances[0].Id} of an earlier request has ended.");
        }
        else
        {
            NothingFound(turn);
        }
    }

    private static void NothingFound(PodTurn turn)
    {
        turn.Pod = turn.Pod with { EmptyLookups = turn.Pod.EmptyLookups + 1 };
        var unwanted = turn.Deleting || turn.Pod.Launched || turn.Pod.Wanted.Phase.IsTerminal();
        var enough = turn.Pod.TokenUsed ? EmptyLookupsToBelieveOfUsedToken : EmptyLookupsToBelieve;
        if (!unwanted && turn.Pod.DoubtfulRefusal is null)
        {
            turn.Enter(PodStage.Launching);
            LaunchSteps.Run(turn);
        }
        else if (turn.Pod.EmptyLookups < enough)
        {
            turn.WakeIn(turn.Policy.LookupDelay * turn.Pod.EmptyLookups);
        }
        else
        {
            LaunchSteps.AttemptOver(turn, Reasons.InstanceLaunchFailed, turn.Pod.DoubtfulRefusal ?? "No instance was launched.");
        }
    }
}
