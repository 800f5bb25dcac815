namespace Harness.Provider.Sweeping;

/// <summary>An instance as the sweep sees it: its tags say whose it is. A value.</summary>
internal sealed record SweepInstance(string Id, string PodUid, string PodNamespace, string PodName, string NodeName, string ClusterName, DateTimeOffset? LaunchedAt);
