namespace Harness.Kubernetes.Events;

/// <summary>Who writes events, and how many are kept at hand.</summary>
public sealed record EventSourceOptions
{
    /// <summary>Shown in the column From of kubectl describe.</summary>
    public required string Component { get; init; }

    /// <summary>The node, where there is one.</summary>
    public string Host { get; init; } = "";

    /// <summary>Events that wait to be written; more are dropped and counted.</summary>
    public int QueueLength { get; init; } = 1000;

    /// <summary>Events that are remembered, to count repeats of.</summary>
    public int RememberedEvents { get; init; } = 4096;

    /// <summary>A repeat after this long is a new event.</summary>
    public TimeSpan RepeatWindow { get; init; } = TimeSpan.FromMinutes(10);
}
