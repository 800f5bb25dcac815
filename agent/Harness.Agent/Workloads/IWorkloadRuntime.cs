using System.Collections.Immutable;
using System.Net.Sockets;
using Harness.Agent.Applications;
using Harness.Agent.Launching;

namespace Harness.Agent.Workloads;

/// <summary>
/// The seam between the agent and what runs containers. Called from the application's loop only, except <see cref="ExecAsync"/>,
/// <see cref="OpenSession"/>, <see cref="ConnectAsync"/> and <see cref="Measure"/>.
/// An expected failure is a result, never an exception.
/// </summary>
internal interface IWorkloadRuntime
{
    RuntimeAbilities Abilities { get; }

    /// <summary>
    /// Ends what earlier agents left behind, except the runs of the given pod (null: of no pod); returns once it is gone. Those are adopted
    /// one by one.
    /// </summary>
    void EndLeftovers(string? exceptPodUid);

    /// <summary>Makes room for a new application; what is kept of the one before may go. Throws IOException when there is no room.</summary>
    void Begin(ApplicationSpec spec);

    /// <summary>The application has ended: what it held beyond its logs (mounts, the files of its volumes) goes. Throws IOException.</summary>
    void Release();

    /// <summary>Starts one run of a container. <paramref name="exited"/> is called once, later, after its output is in the log.</summary>
    WorkloadStart Start(WorkloadKey key, ContainerSpec spec, Action<WorkloadExit> exited);

    /// <summary>
    /// Takes over a run that an earlier agent had begun to start. <paramref name="exited"/> is called as by <see cref="Start"/> when the
    /// answer is Running.
    /// </summary>
    Adoption Adopt(WorkloadKey key, ContainerSpec spec, Action<WorkloadExit> exited);

    /// <summary>Lets go of all runs without ending them: the next agent adopts them. Nothing is reported afterwards.</summary>
    void Detach();

    /// <summary>Asks the run to end (SIGTERM), or kills it and all that it started. A run that has ended already is no error.</summary>
    void Signal(WorkloadKey key, bool kill);

    /// <summary>Runs a command beside a running container, in its environment and folder. Cancellation kills it.</summary>
    Task<ExecResult> ExecAsync(WorkloadKey key, ContainerSpec spec, ImmutableArray<string> commandLine, CancellationToken cancellationToken);

    /// <summary>
    /// Starts a command beside a running container, as its own processes are kept (user, environment, folder, namespaces, limits), and
    /// gives its streams to the caller. The end of the container's run ends it.
    /// </summary>
    SessionStart OpenSession(WorkloadKey key, ContainerSpec spec, SessionRequest request);

    /// <summary>Connects to a TCP port on the loopback address of the network that the workloads have. Throws SocketException.</summary>
    Task<Socket> ConnectAsync(int port, CancellationToken cancellationToken);

    /// <summary>What a run uses now; null when it does not run.</summary>
    WorkloadUsage? Measure(WorkloadKey key);
}
