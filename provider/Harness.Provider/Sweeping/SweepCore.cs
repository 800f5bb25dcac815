using System.Collections.Immutable;

namespace Harness.Provider.Sweeping;

/// <summary>
/// Which instances belong to no pod. Pure. An instance is ended only when all of this holds: it carries all our tags, of this cluster;
/// its node is this one, or one that is abandoned; it is older than the grace; its pod's UID was in no complete list, and a live GET
/// did not find it, twice, a grace apart; and no more than the limit are found in the period.
/// </summary>
internal static class SweepCore
{
    /// <summary>Those that a live GET has to be made for before <see cref="Decide"/>.</summary>
    public static ImmutableArray<SweepInstance> Suspects(SweepSighting sighting, SweepPolicy policy, DateTimeOffset now) =>
        [.. sighting.Instances.Where(instance => IsSuspect(instance, sighting, policy, now)).OrderBy(instance => instance.Id, StringComparer.Ordinal)];

    /// <param name="state">What earlier periods left.</param>
    /// <param name="sighting">What this one saw.</param>
    /// <param name="confirmed">Ids of the suspects whose pod a live GET did not find (404, or another UID under the name).</param>
    /// <param name="policy">Whose, and how sure.</param>
    /// <param name="now">The time.</param>
    public static SweepDecision Decide(
        SweepState state, SweepSighting sighting, IReadOnlySet<string> confirmed, SweepPolicy policy, DateTimeOffset now)
    {
        // Whoever is not confirmed in this period starts anew: one sighting of the pod clears its instance.
        var suspects = Suspects(sighting, policy, now).Where(suspect => confirmed.Contains(suspect.Id)).ToList();
        var firsts = suspects.ToImmutableDictionary(suspect => suspect.Id, suspect => Earlier(state, suspect, now));
        var due = suspects.Where(suspect => now - firsts[suspect.Id] >= policy.Grace).ToImmutableArray();
        var next = new SweepState(firsts);
        return due.Length > SweepPolicy.Limit(sighting.Instances.Count)
            ? new SweepDecision(next, [], due.Length)
            : new SweepDecision(next, due, 0);
    }

    /// <summary>A clock that went back makes the first sighting new, never old.</summary>
    private static DateTimeOffset Earlier(SweepState state, SweepInstance suspect, DateTimeOffset now) =>
        state.FirstConfirmed.TryGetValue(suspect.Id, out var first) && first <= now ? first : now;

    private static bool IsSuspect(SweepInstance instance, SweepSighting sighting, SweepPolicy policy, DateTimeOffset now) =>
        HasOurTags(instance, policy)
        && (instance.NodeName == policy.NodeName || sighting.AbandonedNodes.Contains(instance.NodeName))
        && instance.LaunchedAt is { } launched
        && now - launched >= policy.Grace
        && !sighting.PodUids.Contains(instance.PodUid);

    private static bool HasOurTags(SweepInstance instance, SweepPolicy policy) =>
        instance.ClusterName == policy.ClusterName
        && instance is { PodUid.Length: > 0, PodNamespace.Length: > 0, PodName.Length: > 0, NodeName.Length: > 0 };
}
