using System.Collections.Immutable;

namespace Harness.Agent.Applications;

/// <summary>The pod's conditions as they follow from its containers; a transition time moves only when the status changes. Pure.</summary>
internal static class PodConditions
{
    public static ImmutableArray<ConditionState> Update(ApplicationState state, DateTimeOffset now)
    {
        var readiness = Readiness(state);
        return
        [
            Changed(state, "Initialized", Initialized(state), now),
            Changed(state, "Ready", readiness, now),
            Changed(state, "ContainersReady", readiness, now),
            Changed(state, "PodScheduled", (true, "", ""), now),
            .. Isolation(state, now),
        ];
    }

    /// <summary>There only when there is something to tell.</summary>
    private static ImmutableArray<ConditionState> Isolation(ApplicationState state, DateTimeOffset now) => state.Spec!.Lacks.IsEmpty
        ? []
        : [Changed(state, WellKnown.IsolationCondition, (false, "InstanceLacks", string.Join(", ", state.Spec.Lacks)), now)];

    private static ConditionState Changed(ApplicationState state, string type, (bool Status, string Reason, string Message) next, DateTimeOffset now)
    {
        var before = state.Conditions.FirstOrDefault(condition => condition.Type == type);
        var changedAt = before is not null && before.Status == next.Status ? before.ChangedAt : now;
        return new ConditionState(type, next.Status, next.Reason, next.Message, changedAt);
    }

    private static (bool Status, string Reason, string Message) Initialized(ApplicationState state)
    {
        if (state.Phase == PodPhase.Succeeded)
        {
            return (true, "PodCompleted", "");
        }

        // Once a main container has run, the pod stays initialized, whatever becomes of its sidecars.
        var open = state.Mains.Any(container => container.HasRun)
            ? []
            : state.Inits.Where(container => !ContainerStarts.IsInitDone(container)).ToList();
        return open.Count == 0
            ? (true, "", "")
            : (false, "ContainersNotInitialized", $"containers with incomplete status: [{Names(open)}]");
    }

    private static (bool Status, string Reason, string Message) Readiness(ApplicationState state)
    {
        switch (state.Phase)
        {
            case PodPhase.Succeeded:
                return (false, "PodCompleted", "");
            case PodPhase.Failed:
                return (false, "PodFailed", "");
        }

        var unready = state.Containers.Where(container => container.Spec.Role != ContainerRole.Init && !container.Ready).ToList();
        return unready.Count == 0
            ? (true, "", "")
            : (false, "ContainersNotReady", $"containers with unready status: [{Names(unready)}]");
    }

    private static string Names(IEnumerable<ContainerState> containers) => string.Join(' ', containers.Select(container => container.Spec.Name));
}
