namespace Harness.Simulator.Kubernetes.Comparison.Differences;

/// <summary>
/// Says which differences have one reason. In all four patterns <c>*</c> stands for any text. Immutable.
/// </summary>
internal sealed record DifferenceRule
{
    public required DifferenceClass Class { get; init; }

    /// <summary>Why they differ, for the reader of the report.</summary>
    public required string Reason { get; init; }

    /// <summary>The Kubernetes version since which it is so; for class version.</summary>
    public string Since { get; init; } = "";

    /// <summary>Chapter and step.</summary>
    public IReadOnlyList<string> Steps { get; init; } = ["*"];

    public IReadOnlyList<string> Paths { get; init; } = ["*"];

    public string Real { get; init; } = "*";

    public string Embedded { get; init; } = "*";

    public bool Matches(Difference difference) =>
        Steps.Any(pattern => TextPattern.Matches(pattern, difference.Step))
        && Paths.Any(pattern => TextPattern.Matches(pattern, difference.Path))
        && TextPattern.Matches(Real, difference.Real)
        && TextPattern.Matches(Embedded, difference.Embedded);
}
