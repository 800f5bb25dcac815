namespace Harness.Agent.Applications;

/// <summary>How far workloads are kept apart from the instance. Ordered: a pod may ask for more than the agent's options say, never for less.</summary>
public enum IsolationLevel
{
    /// <summary>Plain processes; limits and volumes all the same.</summary>
    None,

    /// <summary>Everything that the instance can give; what it cannot is told.</summary>
    Preferred,

    /// <summary>Everything, or the launch is refused.</summary>
    Required,
}
