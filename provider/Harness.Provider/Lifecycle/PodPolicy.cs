namespace Harness.Provider.Lifecycle;

/// <summary>The configured times, thresholds and choices that the core decides by. A value; the defaults are the documented ones.</summary>
internal sealed record PodPolicy
{
    public LaunchWishes Defaults { get; init; } = new();

    /// <summary>From an instance running to its agent given up.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(300);
    public Backoff ConnectBackoff { get; init; } = new(TimeSpan.FromSeconds(1), 1.5, 0.5, TimeSpan.FromSeconds(120));

    /// <summary>Dials while a boot is about to end.</summary>
    public Backoff EagerBackoff { get; init; } = new(TimeSpan.FromMilliseconds(20), 1.3, 0, TimeSpan.FromMilliseconds(200));
    public TimeSpan EagerFor { get; init; } = TimeSpan.FromSeconds(15);
    public AgentTimeoutPolicy OnAgentTimeout { get; init; } = AgentTimeoutPolicy.Replace;

    /// <summary>Between attempts that EC2 refused or that came to nothing.</summary>
    public Backoff LaunchBackoff { get; init; } = new(TimeSpan.FromSeconds(5), 2, 0.2, TimeSpan.FromSeconds(300));

    /// <summary>Between repetitions of one request: throttled, not answered, not written.</summary>
    public Backoff RequestBackoff { get; init; } = new(TimeSpan.FromMilliseconds(500), 2, 0.2, TimeSpan.FromSeconds(30));

    /// <summary>After an unknown outcome, until the token is looked up (EC2 is eventually consistent).</summary>
    public TimeSpan LookupDelay { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(60);
    public TimeSpan StreamRetry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Failed checks in a row that make a pod unready.</summary>
    public int UnhealthyThreshold { get; init; } = 5;

    /// <summary>Failed checks in a row that make a pod fail; null: never.</summary>
    public int? UnhealthyMax { get; init; }

    /// <summary>While an application ends: how often its agent is asked whether it has.</summary>
    public TimeSpan StoppingCheck { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the instance of a finished pod is kept, for its logs.</summary>
    public TimeSpan FinishedRetention { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>An instance younger than that may be missing from EC2's answers.</summary>
    public TimeSpan MissingGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Answers in a row without the instance that make it count as terminated.</summary>
    public int MissingThreshold { get; init; } = 3;
}
