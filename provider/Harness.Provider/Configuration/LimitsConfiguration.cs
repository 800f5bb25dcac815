namespace Harness.Provider.Configuration;

/// <summary>Our own section <c>Limits</c>: how many instances the node may have and launch, and the switch that pauses launching.</summary>
internal sealed record LimitsConfiguration
{
    /// <summary>Live instances at a time; null: as many as the node has pods.</summary>
    public int? MaxInstances { get; init; }
    public int? MaxLaunchesPerMinute { get; init; }
    public int? MaxLaunchesPerDay { get; init; }

    /// <summary>No launches; pods wait and say so. Re-read from the file while the provider runs.</summary>
    public bool Paused { get; init; }

    public static LimitsConfiguration Read(ConfigurationSection section) => new()
    {
        MaxInstances = section.OptionalInteger("MaxInstances", 0, 1_000_000),
        MaxLaunchesPerMinute = section.OptionalInteger("MaxLaunchesPerMinute", 0, 1_000_000),
        MaxLaunchesPerDay = section.OptionalInteger("MaxLaunchesPerDay", 0, 10_000_000),
        Paused = section.Truth("Paused", false),
    };
}
