namespace Harness.Fuzz;

/// <summary>What a run is to do. An immutable value.</summary>
internal sealed record FuzzOptions
{
    /// <summary>The vkvm-agent program.</summary>
    public required string Agent { get; init; }

    /// <summary>How long cases are sent; the floods come on top, twice.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gives the same cases again.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Connections at once.</summary>
    public int Workers { get; init; } = 8;

    /// <summary>By how much the agent's private memory may have grown at the end, against the end of a first round of a fifth of the cases and all floods.</summary>
    public int MaxGrowthMebibytes { get; init; } = 32;

    /// <summary>How much a flood sends: 1 is the full measure.</summary>
    public double FloodScale { get; init; } = 1;
}
