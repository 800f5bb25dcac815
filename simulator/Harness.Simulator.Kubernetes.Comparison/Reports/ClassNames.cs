using Harness.Simulator.Kubernetes.Comparison.Differences;

namespace Harness.Simulator.Kubernetes.Comparison.Reports;

/// <summary>The classes of differences as reports and rules spell them.</summary>
internal static class ClassNames
{
    public static string Of(DifferenceClass value) => value switch
    {
        DifferenceClass.Version => "version",
        DifferenceClass.OutOfScope => "out of scope",
        DifferenceClass.Defect => "defect",
        _ => "unclassified",
    };
}
