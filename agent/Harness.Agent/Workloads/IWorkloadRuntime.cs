using System.Collections.Immutable;
using Harness.Agent.Applications;
using Harness.Agent.Launching;

namespace Harness.Agent.Workloads;

/// <summary>
/// The seam between the agent and what runs containers. Called from the application's loop only, except <see cref="ExecAsync"/>.
/// An expected failure is a result, never an exception.
/// </summary>
internal interface IWorkloadRuntime
{
    RuntimeAbilities Abilities { get; }

    /// <summary>Ends what an earlier run of the agent left behind; returns once it is gone.</summary>
    void EndLeftovers();

    /// <summary>Makes room for a new application; what is kept of the one before may go. Throws IOException when there is no room.</summary>
    void Begin(ApplicationSpec spec);

    /// <summary>Starts one run of a container. <paramref name="exited"/> is called once, later, after its output is in the log.</summary>
    WorkloadStart Start(WorkloadKey key, ContainerSpec spec, Action<WorkloadExit> exited);

    /// <summary>Asks the run to end (SIGTERM), or kills it and all that it started. A run that has ended already is no error.</summary>
    void Signal(WorkloadKey key, bool kill);

    /// <summary>Runs a command beside a running container, in its environment and folder. Cancellation kills it.</summary>
    Task<ExecResult> ExecAsync(WorkloadKey key, ContainerSpec spec, ImmutableArray<string> commandLine, CancellationToken cancellationToken);
}
