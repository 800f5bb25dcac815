namespace Harness.Agent.Workloads;

/// <summary>How a run was found by an agent that came back.</summary>
internal enum AdoptionOutcome
{
    /// <summary>It never started, and never will: start it anew.</summary>
    NotStarted,

    /// <summary>It runs, or has just ended; its end is reported like that of any other.</summary>
    Running,

    /// <summary>It is over.</summary>
    Ended,
}
