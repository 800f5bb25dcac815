namespace Harness.Agent.Workloads;

/// <summary>Which of a workload's two output streams.</summary>
internal enum OutputStream
{
    Stdout,
    Stderr,
}
