namespace Harness.Provider.Configuration;

/// <summary>Section <c>HealthConfig</c>: how applications are followed, and which failures in a row count.</summary>
internal sealed record HealthConfiguration
{
    public int UnhealthyThresholdCount { get; init; } = 5;
    public int? UnhealthyMaxCount { get; init; }
    public TimeSpan HealthCheckInterval { get; init; } = TimeSpan.FromSeconds(60);
    public TimeSpan StreamRetryInterval { get; init; } = TimeSpan.FromSeconds(10);

    public static HealthConfiguration Read(ConfigurationSection section) => new()
    {
        UnhealthyThresholdCount = section.Integer("UnhealthyThresholdCount", 5, 1, 100_000),
        UnhealthyMaxCount = section.OptionalInteger("UnhealthyMaxCount", 0, 1_000_000) is { } max and > 0 ? max : null,
        HealthCheckInterval = section.Seconds("HealthCheckIntervalSeconds", 60, 0.1),
        StreamRetryInterval = section.Seconds("StreamRetryIntervalSeconds", 10, 0.1),
    };
}
