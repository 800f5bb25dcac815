using Harness.Agent.Applications;
using Harness.Agent.Bootstrap;

namespace Harness.Agent;

/// <summary>How an agent runs.</summary>
public sealed record AgentOptions
{
    /// <summary>Where to serve in plaintext; at least one, unless <see cref="Bootstrap"/> is set.</summary>
    public IReadOnlyList<AgentEndpoint> Listen { get; init; } = [];

    /// <summary>Set: the ports are those of an instance, and its user data says whether they are secured. Null: <see cref="Listen"/> says all.</summary>
    public BootstrapOptions? Bootstrap { get; init; }

    /// <summary>The folder that the agent keeps its state, logs and workloads' folders in; one agent each. Made when missing.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>How far workloads are kept apart from the instance, at least; a pod may ask for more.</summary>
    public IsolationLevel Isolation { get; init; }

    /// <summary>Folders of the instance that pods may mount as hostPath volumes, with what is below them; absolute, links resolved.</summary>
    public IReadOnlyList<string> HostPaths { get; init; } = [];

    /// <summary>The most processes and threads that a container may have where control groups are used.</summary>
    public int MaximumProcesses { get; init; } = 4096;

    /// <summary>True: a stop ends the application within its grace, 20 s at most. False: its workloads go on, and the next agent adopts them.</summary>
    public bool EndWorkloadsOnStop { get; init; }

    /// <summary>True for a program: SIGTERM and SIGINT stop the agent. False for an agent inside another program.</summary>
    public bool HandleSignals { get; init; }
}
