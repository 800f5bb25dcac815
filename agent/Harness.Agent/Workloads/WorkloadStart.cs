namespace Harness.Agent.Workloads;

/// <summary>Whether a workload started. A failure has the exit code that Kubernetes would show, and says what to do.</summary>
internal sealed record WorkloadStart(bool Started, int Pid, int ExitCode, string Message)
{
    public static WorkloadStart Running(int pid) => new(true, pid, 0, "");

    public static WorkloadStart Failed(int exitCode, string message) => new(false, 0, exitCode, message);
}
