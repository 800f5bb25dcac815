using Harness.Ec2.Model;

namespace Harness.Simulator.Clouds.Following;

/// <summary>Which instances are followed, and how. A value.</summary>
internal sealed record FollowerOptions
{
    /// <summary>Filters of DescribeInstances; an instance is followed when it passes all.</summary>
    public required IReadOnlyList<Filter> Filters { get; init; }

    /// <summary>From the first sight of an instance to its machine's boot.</summary>
    public TimeSpan BootDelay { get; init; }

    /// <summary>From one list to the next.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause after lists that failed; it doubles from one to the next.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many instances one page of a list holds.</summary>
    public int PageSize { get; init; } = 500;

    public TimeSpan PauseAfter(int failures) =>
        failures == 0 ? PollInterval : TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, PollInterval.Ticks << Math.Min(failures, 10)));
}
