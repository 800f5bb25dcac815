using Harness.Provider.Lifecycle;

namespace Harness.Provider.Configuration;

/// <summary>Our own section <c>Timing</c>: periods and backoffs of the launch. The defaults suit AWS; a simulator shortens them.</summary>
internal sealed record TimingConfiguration
{
    /// <summary>Between two DescribeInstances while an instance is booting or ending (otherwise StatusIntervalSeconds).</summary>
    public TimeSpan ObserveBusy { get; init; } = TimeSpan.FromSeconds(2);
    public Backoff Launch { get; init; } = new(TimeSpan.FromSeconds(5), 2, 0.2, TimeSpan.FromSeconds(300));
    public Backoff Request { get; init; } = new(TimeSpan.FromMilliseconds(500), 2, 0.2, TimeSpan.FromSeconds(30));
    public TimeSpan LookupDelay { get; init; } = TimeSpan.FromSeconds(2);
    public TimeSpan FinishedRetention { get; init; } = TimeSpan.FromSeconds(60);
    public TimeSpan MissingGrace { get; init; } = TimeSpan.FromSeconds(60);
    public int ConcurrentRequests { get; init; } = 16;

    public static TimingConfiguration Read(ConfigurationSection section) => new()
    {
        ObserveBusy = section.Seconds("ObserveSeconds", 2, 0.05),
        Launch = new Backoff(section.Seconds("LaunchBackoffSeconds", 5, 0.01), 2, 0.2, section.Seconds("LaunchBackoffMaxSeconds", 300, 0.01)),
        Request = new Backoff(section.Seconds("RequestBackoffSeconds", 0.5, 0.01), 2, 0.2, section.Seconds("RequestBackoffMaxSeconds", 30, 0.01)),
        LookupDelay = section.Seconds("LookupDelaySeconds", 2, 0.01),
        FinishedRetention = section.Seconds("FinishedRetentionSeconds", 60),
        MissingGrace = section.Seconds("MissingGraceSeconds", 60),
        ConcurrentRequests = section.Integer("ConcurrentRequests", 16, 1, 1000),
    };
}
