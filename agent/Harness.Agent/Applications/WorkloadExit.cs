namespace Harness.Agent.Applications;

/// <summary>How a workload's process ended. Signal is 0 unless a signal ended it; then ExitCode is 128 + Signal.</summary>
internal readonly record struct WorkloadExit(int ExitCode, int Signal)
{
    public static WorkloadExit BySignal(int signal) => new(128 + signal, signal);
}
