namespace Harness.Agent.Applications;

/// <summary>How a workload's process ended. Signal is 0 unless a signal ended it; then ExitCode is 128 + Signal.</summary>
internal readonly record struct WorkloadExit(int ExitCode, int Signal)
{
    public const string CannotRun = "ContainerCannotRun";

    /// <summary>It is over, and nobody saw how. Told with the code and reason that the kubelet gives then.</summary>
    public static WorkloadExit Unknown { get; } = new(137, 0)
    {
        Reason = "ContainerStatusUnknown",
        Message = "The run ended while nothing watched it (its shim was killed, or the instance went down); its exit code is not known.",
    };

    /// <summary>Empty: Completed or Error, as the code says.</summary>
    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";

    /// <summary>Null: now.</summary>
    public DateTimeOffset? FinishedAt { get; init; } = null;

    public static WorkloadExit BySignal(int signal) => new(128 + signal, signal);
}
