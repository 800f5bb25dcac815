using Harness.Agent.Applications;

namespace Harness.Agent.Workloads;

/// <summary>What became, while the agent was away, of a run that an earlier agent had begun to start.</summary>
internal sealed record Adoption(AdoptionOutcome Outcome, DateTimeOffset StartedAt, WorkloadExit Exit)
{
    public static Adoption NotStarted { get; } = new(AdoptionOutcome.NotStarted, default, default);

    public static Adoption Running(DateTimeOffset startedAt) => new(AdoptionOutcome.Running, startedAt, default);

    public static Adoption Ended(DateTimeOffset startedAt, WorkloadExit exit) => new(AdoptionOutcome.Ended, startedAt, exit);
}
