namespace Harness.Simulator.Kubernetes.Comparison.Differences;

/// <summary>A difference and the rule that explains it; null when none does.</summary>
internal sealed record ClassifiedDifference(Difference Difference, DifferenceRule? Rule)
{
    public DifferenceClass Class => Rule?.Class ?? DifferenceClass.Unclassified;

    /// <summary>Whether the embedded server has to be changed, or a reason found.</summary>
    public bool IsOpen => Class is DifferenceClass.Unclassified or DifferenceClass.Defect;
}
