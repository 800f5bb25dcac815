namespace Harness.Simulator.Kubernetes.Comparison;

/// <summary>What a run of the program is to do.</summary>
/// <param name="ControlPlane">Folder with etcd and kube-apiserver; null compares with what was recorded.</param>
/// <param name="RecordTo">Folder that takes the real server's answers; null keeps none.</param>
/// <param name="ReportTo">Folder that takes the reports; null prints what is open only.</param>
/// <param name="Chapters">The chapters to play; none means all.</param>
internal sealed record CompareOptions(string? ControlPlane, string? RecordTo, string? ReportTo, IReadOnlyList<string> Chapters);
