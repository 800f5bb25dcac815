namespace Harness.Agent.Workloads;

/// <summary>How a command beside a container ended, with the beginning of what it wrote.</summary>
internal sealed record ExecResult(int ExitCode, string Output);
