using Harness.Simulator.Kubernetes.Comparison.Differences;

namespace Harness.Simulator.Kubernetes.Comparison.Reports;

/// <summary>What a whole comparison found. Immutable.</summary>
internal sealed record ComparisonResult(DateTimeOffset Date, string RealVersion, string EmbeddedVersion, IReadOnlyList<ChapterResult> Chapters, IReadOnlyList<DifferenceRule> StaleRules)
{
    public IEnumerable<ClassifiedDifference> All => Chapters.SelectMany(chapter => chapter.Differences);

    /// <summary>Differences that have no reason yet, and those that are the embedded server's fault.</summary>
    public IReadOnlyList<ClassifiedDifference> Open => [.. All.Where(one => one.IsOpen)];

    public bool IsGood => Open.Count == 0;
}
