namespace Harness.Agent.Applications;

/// <summary>How one run of a container ended. ExitCode is 128+n for a run ended by signal n.</summary>
internal sealed record ContainerEnd(
    int ExitCode,
    int Signal,
    string Reason,
    string Message,
    DateTimeOffset StartedAt,
    DateTimeOffset FinishedAt,
    string ContainerId);
