namespace Harness.Agent;

/// <summary>How an agent runs.</summary>
public sealed record AgentOptions
{
    /// <summary>At least one.</summary>
    public required IReadOnlyList<AgentEndpoint> Listen { get; init; }

    /// <summary>The folder that the agent keeps its state, logs and workloads' folders in; one agent each. Made when missing.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>True for a program: SIGTERM and SIGINT stop the agent. False for an agent inside another program.</summary>
    public bool HandleSignals { get; init; }
}
