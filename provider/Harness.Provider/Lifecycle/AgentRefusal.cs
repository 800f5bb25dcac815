namespace Harness.Provider.Lifecycle;

/// <summary>What an agent's error on LaunchApplication means.</summary>
internal enum AgentRefusal
{
    /// <summary>The agent cannot run this pod (INVALID_ARGUMENT): no repetition helps.</summary>
    Rejected,

    /// <summary>
    /// The agent runs something already (ALREADY_EXISTS): believed to be ours when an earlier launch may have come through.
    /// </summary>
    AlreadyLaunched,

    /// <summary>The agent was not reached, or not in time: dial again, and launch again (launching is idempotent by UID).</summary>
    Unreachable,

    /// <summary>The agent answered with another error: tried again with a backoff.</summary>
    Retry,
}
