using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Simulator.Kubernetes.Controllers.Machinery;

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
            return old.Count == 0 ? deployment.Spec.Replicas : 0;
        }

        var room = deployment.Spec.Replicas + MaximumSurge(deployment) - old.Sum(set => set.Spec.Replicas);
        return Math.Clamp(room, 0, deployment.Spec.Replicas);
    }

    /// <summary>The next sizes; a set that is not named, or named with its present size, stays as it is.</summary>
    /// <param name="deployment">What is wanted.</param>
    /// <param name="current">The set of the present template; null while there is none.</param>
    /// <param name="sets">All sets of the deployment, the current one among them.</param>
    /// <param name="oldPodsLeft">Whether any pod of another template is still there, ending ones included.</param>
    public static IReadOnlyList<(ReplicaSet Set, int Replicas)> Next(
        Deployment deployment, ReplicaSet? current, IReadOnlyList<ReplicaSet> sets, bool oldPodsLeft)
    {
        var old = sets.Where(set => set.Metadata.Uid != current?.Metadata.Uid && set.Spec.Replicas > 0).ToList();
        if (deployment.Spec.Paused)
        {
            var running = sets.Where(set => set.Spec.Replicas > 0).ToList();
            return running.Count > 1 ? Proportional(deployment, running)
                : (running.FirstOrDefault() ?? current) is { } only ? [(only, deployment.Spec.Replicas)]
                : [];
        }

        if (current is null)
        {
            return [];
        }

        if (old.Count == 0)
        {
            var isWaiting = oldPodsLeft && IsRecreate(deployment) && current.Spec.Replicas < deployment.Spec.Replicas;
            return isWaiting ? [] : [(current, deployment.Spec.Replicas)];
        }

        return IsRecreate(deployment) ? [.. old.Select(set => (set, 0))] : Roll(deployment, current, old);
    }

    /// <summary>Whether all old pods have to be gone before a new one comes.</summary>
    public static bool IsRecreate(Deployment deployment) => deployment.Spec.Strategy?.Type == "Recreate";

    /// <summary>How many pods there may be beyond the wanted number: rounded up from a percentage.</summary>
    public static int MaximumSurge(Deployment deployment) =>
        IsRecreate(deployment) ? 0 : (deployment.Spec.Strategy?.RollingUpdate?.MaxSurge).Resolve(deployment.Spec.Replicas, roundUp: true);

    /// <summary>How many pods may be missing: rounded down from a percentage, but one when there may be no surplus either; none for Recreate.</summary>
    public static int MaximumUnavailable(Deployment deployment)
    {
        if (IsRecreate(deployment))
        {
            return 0;
        }

        var unavailable = (deployment.Spec.Strategy?.RollingUpdate?.MaxUnavailable).Resolve(deployment.Spec.Replicas, roundUp: false);
        var least = MaximumSurge(deployment) == 0 ? 1 : 0;
        return Math.Min(Math.Max(unavailable, least), deployment.Spec.Replicas);
    }

    /// <summary>
    /// One step: the new set grows as far as the surge allows; when it has nothing to grow, the old ones shrink, first by what is broken in
    /// them, then by what availability allows. Pods of the new set that are not available yet hold the old ones back.
    /// </summary>
    private static List<(ReplicaSet Set, int Replicas)> Roll(Deployment deployment, ReplicaSet current, List<ReplicaSet> old)
    {
        var wanted = deployment.Spec.Replicas;
        var present = current.Spec.Replicas + old.Sum(set => set.Spec.Replicas);
        var grown = current.Spec.Replicas >= wanted
            ? wanted
            : Math.Min(wanted, current.Spec.Replicas + Math.Max(0, wanted + MaximumSurge(deployment) - present));
        return grown != current.Spec.Replicas ? [(current, grown)] : Shrink(deployment, current, old, present);
    }

    private static List<(ReplicaSet Set, int Replicas)> Shrink(Deployment deployment, ReplicaSet current, List<ReplicaSet> old, int present)
    {
        var leastAvailable = deployment.Spec.Replicas - MaximumUnavailable(deployment);
        var brokenLeft = present - leastAvailable - (current.Spec.Replicas - Available(current));
        var spareLeft = old.Append(current).Sum(Available) - leastAvailable;
        var next = new List<(ReplicaSet, int)>();
        if (brokenLeft <= 0)
        {
            return next;
        }

        foreach (var set in old.OrderBy(set => set.Metadata.CreationTimestamp?.Seconds ?? 0))
        {
            var broken = Math.Clamp(set.Spec.Replicas - Available(set), 0, Math.Max(0, brokenLeft));
            var spare = Math.Clamp(set.Spec.Replicas - broken, 0, Math.Max(0, spareLeft));
            brokenLeft -= broken;
            spareLeft -= spare;
            next.Add((set, set.Spec.Replicas - broken - spare));
        }

        return next;
    }

    /// <summary>
    /// What will still be available once the set has the size it was told: its status may not have followed the last shrinking yet, and
    /// pods that are about to go must not be counted on a second time.
    /// </summary>
    private static int Available(ReplicaSet set) => Math.Min(set.Status?.AvailableReplicas ?? 0, set.Spec.Replicas);

    /// <summary>While paused, a scaling is shared among the sets that run, the largest first taking what rounding leaves.</summary>
    private static List<(ReplicaSet Set, int Replicas)> Proportional(Deployment deployment, List<ReplicaSet> running)
    {
        var total = running.Sum(set => set.Spec.Replicas);
        var allowed = deployment.Spec.Replicas + MaximumSurge(deployment);
        if (total <= allowed && total >= deployment.Spec.Replicas)
        {
            return [];
        }

        var next = running.OrderByDescending(set => set.Spec.Replicas).Select(set => (Set: set, Replicas: set.Spec.Replicas * allowed / total)).ToList();
        next[0] = (next[0].Set, next[0].Replicas + allowed - next.Sum(entry => entry.Replicas));
        return next;
    }
}
