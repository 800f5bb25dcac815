namespace Harness.Provider.Configuration;

/// <summary>Our own section <c>Sweep</c>: how often instances without a pod are looked for, and how sure the sweep must be.</summary>
internal sealed record SweepConfiguration
{
    public bool Enabled { get; init; } = true;
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Between the two sightings that it takes to end an instance; also the least age of one.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long another node's lease must have been stale before its instances may be taken over.</summary>
    public TimeSpan ForeignLeaseStale { get; init; } = TimeSpan.FromSeconds(600);

    public static SweepConfiguration Read(ConfigurationSection section) => new()
    {
        Enabled = section.Truth("Enabled", true),
        Period = section.Seconds("PeriodSeconds", 60, 0.1),
        Grace = section.Seconds("GraceSeconds", 120, 0.1),
        ForeignLeaseStale = section.Seconds("ForeignLeaseStaleSeconds", 600, 1),
    };
}
