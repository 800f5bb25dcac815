using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Provider.Lifecycle;

namespace Harness.Provider.Statuses;

/// <summary>
/// The conditions that a kubelet owns: Initialized, ContainersReady, Ready. The agent's word counts while nothing speaks against it;
/// readiness gates count too. The time of a transition is the time at which the status changed. Pure.
/// </summary>
internal static class ConditionRenderer
{
    private const string True = "True";
    private const string False = "False";

    public static void Render(Pod pod, PodStatus current, PodStatus status, StatusView view, DateTimeOffset now)
    {
        var reported = status.Conditions.GroupBy(condition => condition.Type).ToDictionary(group => group.Key, group => group.First());
        status.Conditions.Clear();
        var initialized = reported.TryGetValue("Initialized", out var said) ? said.Status == True : view.Report is not null;
        var unready = Unready(view);
        var containers = unready.Length == 0 && view.Report!.Ready;
        var gate = MissingGate(pod, current);
        List<PodCondition> conditions =
        [
            Condition("Initialized", initialized, initialized ? "" : Reason(view), ""),
            Condition("ContainersReady", containers, containers ? "" : Fallback(unready, "ContainersNotReady"), ""),
            Condition(
                "Ready", containers && gate is null,
                !containers ? Fallback(unready, "ContainersNotReady") : gate is null ? "" : "ReadinessGatesNotReady",
                gate is null ? "" : $"the condition {gate} of the pod's readiness gates is not True"),
        ];
        foreach (var other in reported.Values.Where(other => other.Type is not ("Initialized" or "ContainersReady" or "Ready" or "PodScheduled")))
        {
            conditions.Add(other);
        }

        foreach (var condition in conditions)
        {
            condition.LastTransitionTime = Transition(condition, current, now);
            status.Conditions.Add(condition);
        }
    }

    private static string Unready(StatusView view) => view.Phase switch
    {
        PodPhase.Succeeded => "PodCompleted",
        PodPhase.Failed => view.Reason.Length > 0 ? view.Reason : "PodFailed",
        PodPhase.Running when view.Report is not null => view.UnreadyReason,
        _ => Reason(view),
    };

    private static string Reason(StatusView view) => Fallback(view.WaitingReason, "ContainersNotReady");

    private static string Fallback(string text, string fallback) => text.Length > 0 ? text : fallback;

    private static string? MissingGate(Pod pod, PodStatus current) =>
        pod.Spec?.ReadinessGates.Select(gate => gate.ConditionType)
            .FirstOrDefault(type => !current.Conditions.Any(condition => condition.Type == type && condition.Status == True));

    private static PodCondition Condition(string type, bool status, string reason, string message)
    {
        var condition = new PodCondition { Type = type, Status = status ? True : False };
        if (reason.Length > 0)
        {
            condition.Reason = reason;
        }

        if (message.Length > 0)
        {
            condition.Message = message;
        }

        return condition;
    }

    private static Time Transition(PodCondition condition, PodStatus current, DateTimeOffset now)
    {
        var before = current.Conditions.FirstOrDefault(before => before.Type == condition.Type);
        return before?.Status == condition.Status && before.LastTransitionTime is { } since ? since : Time.Of(now);
    }
}
