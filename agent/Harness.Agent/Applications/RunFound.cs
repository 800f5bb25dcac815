namespace Harness.Agent.Applications;

/// <summary>
/// What an agent that came back found of a run that was starting or running. Not Started: it never ran and never will. Exit: it is over.
/// </summary>
internal sealed record RunFound(bool Started, DateTimeOffset StartedAt, WorkloadExit? Exit);
