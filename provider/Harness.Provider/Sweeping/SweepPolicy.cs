namespace Harness.Provider.Sweeping;

/// <summary>Whose instances the sweep may end, and how sure it must be. A value.</summary>
internal sealed record SweepPolicy(string ClusterName, string NodeName, TimeSpan Grace)
{
    private const int SmallShare = 5;
    private const int Percent = 10;

    /// <summary>The most that one period may end: max(5, 10 %) of the instances.</summary>
    public static int Limit(int instances) => Math.Max(SmallShare, instances * Percent / 100);
}
