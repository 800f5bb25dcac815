using System.Net;
using Harness.Simulator.Fronting;
using Harness.Simulator.Programs;
using Harness.Simulator.State;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Hosts;

/// <summary>
/// One emulated machine that is switched on: a disk folder, a console log and the agent, which runs as a service does (started
/// again when it ends). Reached on the instance's private address through the front listener. Owned by <see cref="InstanceHosts"/>.
/// </summary>
internal sealed class InstanceHost
{
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(10);

    private readonly HostBoot _boot;
    private readonly FrontListener _front;
    private readonly TimeProvider _time;
    private readonly SupervisedProgram _agent;

    private InstanceHost(HostBoot boot, FrontListener front, TimeProvider time, SupervisedProgram agent)
    {
        _boot = boot;
        _front = front;
        _time = time;
        _agent = agent;
    }

    public string InstanceId => _boot.InstanceId;

    public IPAddress Address => _boot.Address;

    public ProcessIdentity? Agent => _agent.Process;

    public int AgentRestarts => _agent.Restarts;

    /// <summary>Boots: makes the disk where it is not there yet, starts the agent and opens the address. The agent need not answer yet.</summary>
    /// <exception cref="ProgramStartException">The agent's program could not be started.</exception>
    public static InstanceHost Boot(HostBoot boot, FrontListener front, TimeProvider time, ILogger logger, Action<ProcessIdentity> agentStarted)
    {
        var disk = Path.Combine(boot.Folder, "disk");
        Directory.CreateDirectory(disk);
        var agent = new SupervisedProgram(AgentOptions(boot, disk), time, logger, agentStarted);
        agent.Start();
        front.Route(boot.Address, new IPEndPoint(boot.Address, boot.PrivatePort));
        return new InstanceHost(boot, front, time, agent);
    }

    /// <summary>Shuts the machine down: the agent is asked to end, then the power goes for whatever is left. The disk stays.</summary>
    public async Task ShutDownAsync()
    {
        await _agent.StopAsync(ShutdownPatience);
        _front.Unroute(Address);
        await Leftovers.EndProcessesAsync(_boot.Folder, [], _time, CancellationToken.None);
        await _agent.DisposeAsync();
    }

    private static ChildProgramOptions AgentOptions(HostBoot boot, string disk) => new()
    {
        Name = $"The agent of {boot.InstanceId}",
        Program = boot.Agent.Program,
        Arguments = boot.Agent.ArgumentsFor(boot.Address.ToString(), boot.PrivatePort, disk),
        Environment = ProgramEnvironment.Minimal(disk),
        WorkingDirectory = disk,
        LogFile = Path.Combine(boot.Folder, "console.log"),
    };
}
