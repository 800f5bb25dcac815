using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Simulator.Kubernetes.Controllers;

/// <summary>A deployment's status as its replica sets make it. Pure.</summary>
internal static class DeploymentReport
{
    public static DeploymentStatus Of(Deployment deployment, ReplicaSet? current, IReadOnlyList<ReplicaSet> sets, DateTimeOffset now)
    {
        var replicas = sets.Sum(set => set.Status?.Replicas ?? 0);
        var available = sets.Sum(set => set.Status?.AvailableReplicas ?? 0);
        var status = new DeploymentStatus
        {
            ObservedGeneration = deployment.Metadata.Generation,
            Replicas = replicas,
            UpdatedReplicas = current?.Status?.Replicas ?? 0,
            ReadyReplicas = sets.Sum(set => set.Status?.ReadyReplicas ?? 0),
            AvailableReplicas = available,
            UnavailableReplicas = Math.Max(0, sets.Sum(set => set.Spec.Replicas) - available),
        };
        if (deployment.Status is { HasCollisionCount: true } old)
        {
            status.CollisionCount = old.CollisionCount;
        }

        var earlier = deployment.Status ?? new DeploymentStatus();
        var moved = status.UpdatedReplicas > earlier.UpdatedReplicas || status.ReadyReplicas > earlier.ReadyReplicas || status.Replicas < earlier.Replicas;
        status.Conditions.Add(Keep(earlier, Availability(deployment, available), false, now));
        status.Conditions.Add(Keep(earlier, Progress(deployment, current, status, moved, now), moved, now));
        return status;
    }

    private static DeploymentCondition Availability(Deployment deployment, int available)
    {
        var enough = available >= deployment.Spec.Replicas - RolloutPlan.MaximumUnavailable(deployment);
        return enough
            ? Condition("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.")
            : Condition("Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.");
    }

    private static DeploymentCondition Progress(
        Deployment deployment, ReplicaSet? current, DeploymentStatus status, bool moved, DateTimeOffset now)
    {
        if (current is null || deployment.Spec.Paused)
        {
            return Condition("Progressing", "Unknown", "DeploymentPaused", "Deployment is paused");
        }

        var name = current.Metadata.Name;
        var wanted = deployment.Spec.Replicas;
        if (status.UpdatedReplicas == wanted && status.Replicas == wanted && status.AvailableReplicas == wanted)
        {
            return Condition("Progressing", "True", "NewReplicaSetAvailable", $"ReplicaSet \"{name}\" has successfully progressed.");
        }

        var before = deployment.Status?.Conditions.FirstOrDefault(condition => condition.Type == "Progressing");
        if (before is { Reason: "NewReplicaSetAvailable" } && status.UpdatedReplicas == status.Replicas)
        {
            return Condition(before.Type, before.Status, before.Reason, before.Message);
        }

        var isLate = before is { Reason: "ProgressDeadlineExceeded" }
            || before is { Reason: "ReplicaSetUpdated", LastUpdateTime: { } since }
            && since.ToDateTimeOffset().AddSeconds(deployment.Spec.ProgressDeadlineSeconds) < now;
        if (isLate && !moved)
        {
            return Condition("Progressing", "False", "ProgressDeadlineExceeded", $"ReplicaSet \"{name}\" has timed out progressing.");
        }

        return Condition("Progressing", "True", "ReplicaSetUpdated", $"ReplicaSet \"{name}\" is progressing.");
    }

    private static DeploymentCondition Condition(string type, string status, string reason, string message) =>
        new() { Type = type, Status = status, Reason = reason, Message = message };

    /// <summary>Times change only when what they date does; progress alone is an update too.</summary>
    private static DeploymentCondition Keep(DeploymentStatus earlier, DeploymentCondition fresh, bool moved, DateTimeOffset now)
    {
        var stamp = Time.Of(now);
        var before = earlier.Conditions.FirstOrDefault(condition => condition.Type == fresh.Type);
        fresh.LastTransitionTime = before?.Status == fresh.Status ? before.LastTransitionTime.Clone() : stamp.Clone();
        fresh.LastUpdateTime = !moved && before?.Status == fresh.Status && before.Reason == fresh.Reason ? before.LastUpdateTime.Clone() : stamp;
        return fresh;
    }
}
