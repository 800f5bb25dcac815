namespace Harness.Simulator.Kubernetes.Comparison.Differences;

/// <summary>Why two API servers differ.</summary>
internal enum DifferenceClass
{
    /// <summary>No rule explains it: a defect until somebody has looked.</summary>
    Unclassified,

    /// <summary>The embedded server is wrong.</summary>
    Defect,

    /// <summary>Kubernetes changed between the real server's version and the one that the embedded server stands for.</summary>
    Version,

    /// <summary>The embedded server leaves it out, and docs/ARCHITECTURE.md says so.</summary>
    OutOfScope,
}
