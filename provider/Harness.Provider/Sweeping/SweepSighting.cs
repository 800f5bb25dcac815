namespace Harness.Provider.Sweeping;

/// <summary>
/// What one period saw. <see cref="PodUids"/> are the UIDs of a pod list that was complete and begun after
/// <see cref="Instances"/> were asked for; <see cref="AbandonedNodes"/> are other nodes whose object is gone and whose lease is long stale.
/// </summary>
internal sealed record SweepSighting(
    IReadOnlyCollection<SweepInstance> Instances, IReadOnlySet<string> PodUids, IReadOnlySet<string> AbandonedNodes);
