using System.Globalization;
using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.IntStr;

namespace Harness.Simulator.Kubernetes.Controllers;

/// <summary>
/// Decides how many replicas each replica set of a deployment shall have next: at once for a plain scaling, step by step
/// within maxSurge and maxUnavailable for a rolling update, all down before anything up for Recreate. Pure.
/// </summary>
internal static class RolloutPlan
{
    /// <summary>How many replicas a new replica set begins with.</summary>
    public static int FirstScale(Deployment deployment, IReadOnlyList<ReplicaSet> old)
    {
        if (IsRecreate(deployment))
        {
            return old.All(IsEmpty) ? deployment.Spec.Replicas : 0;
        }

        var room = deployment.Spec.Replicas + MaximumSurge(deployment) - old.Sum(set => set.Spec.Replicas);
        return Math.Clamp(room, 0, deployment.Spec.Replicas);
    }

    /// <summary>The next sizes; a set that is not named, or named with its present size, stays as it is.</summary>
    public static IReadOnlyList<(ReplicaSet Set, int Replicas)> Next(Deployment deployment, ReplicaSet? current, IReadOnlyList<ReplicaSet> sets)
    {
        var old = sets.Where(set => set.Metadata.Uid != current?.Metadata.Uid && set.Spec.Replicas > 0).ToList();
        if (deployment.Spec.Paused)
        {
            return Proportional(deployment, [.. sets.Where(set => set.Spec.Replicas > 0)]);
        }

        if (current is null)
        {
            return [];
        }

        if (old.Count == 0)
        {
            var waiting = IsRecreate(deployment) && sets.Any(set => set.Metadata.Uid != current.Metadata.Uid && !IsEmpty(set));
            return waiting ? [] : [(current, deployment.Spec.Replicas)];
        }

        return IsRecreate(deployment) ? [.. old.Select(set => (set, 0))] : Roll(deployment, current, old);
    }

    /// <summary>How many pods there may be beyond the wanted number: rounded up from a percentage.</summary>
    public static int MaximumSurge(Deployment deployment) =>
        IsRecreate(deployment) ? 0 : Resolve(deployment.Spec.Strategy?.RollingUpdate?.MaxSurge, deployment.Spec.Replicas, roundUp: true);

    /// <summary>How many pods may be missing: rounded down from a percentage, but one when there may be no surplus either.</summary>
    public static int MaximumUnavailable(Deployment deployment)
    {
        if (IsRecreate(deployment))
        {
            return deployment.Spec.Replicas;
        }

        var unavailable = Resolve(deployment.Spec.Strategy?.RollingUpdate?.MaxUnavailable, deployment.Spec.Replicas, roundUp: false);
        var least = MaximumSurge(deployment) == 0 ? 1 : 0;
        return Math.Min(Math.Max(unavailable, least), deployment.Spec.Replicas);
    }

    private static bool IsRecreate(Deployment deployment) => deployment.Spec.Strategy?.Type == "Recreate";

    private static bool IsEmpty(ReplicaSet set) => set.Spec.Replicas == 0 && (set.Status?.Replicas ?? 0) == 0;

    private static List<(ReplicaSet Set, int Replicas)> Roll(Deployment deployment, ReplicaSet current, List<ReplicaSet> old)
    {
        var wanted = deployment.Spec.Replicas;
        var room = wanted + MaximumSurge(deployment) - current.Spec.Replicas - old.Sum(set => set.Spec.Replicas);
        var grown = current.Spec.Replicas > wanted ? wanted : Math.Min(wanted, current.Spec.Replicas + Math.Max(0, room));
        var next = new List<(ReplicaSet, int)> { (current, grown) };

        var available = old.Append(current).Sum(set => set.Status?.AvailableReplicas ?? 0);
        var spare = Math.Max(0, available - (wanted - MaximumUnavailable(deployment)));
        foreach (var set in old.OrderBy(set => set.Metadata.CreationTimestamp?.Seconds ?? 0))
        {
            var broken = set.Spec.Replicas - Math.Min(set.Status?.AvailableReplicas ?? 0, set.Spec.Replicas);
            var down = Math.Min(set.Spec.Replicas, broken + spare);
            spare -= Math.Max(0, down - broken);
            next.Add((set, set.Spec.Replicas - down));
        }

        return next;
    }

    /// <summary>While paused, a scaling is shared among the sets that run, the largest first taking what rounding leaves.</summary>
    private static List<(ReplicaSet Set, int Replicas)> Proportional(Deployment deployment, List<ReplicaSet> running)
    {
        var total = running.Sum(set => set.Spec.Replicas);
        var allowed = running.Count > 1 ? deployment.Spec.Replicas + MaximumSurge(deployment) : deployment.Spec.Replicas;
        if (total == 0 || (running.Count > 1 && total <= allowed && total >= deployment.Spec.Replicas))
        {
            return [];
        }

        var next = running.OrderByDescending(set => set.Spec.Replicas).Select(set => (Set: set, Replicas: set.Spec.Replicas * allowed / total)).ToList();
        next[0] = (next[0].Set, next[0].Replicas + allowed - next.Sum(entry => entry.Replicas));
        return next;
    }

    private static int Resolve(IntOrString? value, int of, bool roundUp)
    {
        if (value is not { IsString: true })
        {
            return value?.IntVal ?? 0;
        }

        var percent = double.Parse(value.StrVal.TrimEnd('%'), CultureInfo.InvariantCulture);
        var exact = of * percent / 100;
        return (int)(roundUp ? Math.Ceiling(exact) : Math.Floor(exact));
    }
}
