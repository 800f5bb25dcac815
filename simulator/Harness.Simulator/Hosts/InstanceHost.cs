using System.Net;
using Harness.Simulator.Programs;
using Harness.Simulator.State;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Hosts;

/// <summary>
/// One emulated machine that is switched on: a disk folder, a console log and the agent, which runs as a service does (started
/// again when it ends). Reached on the instance's private address, as its network makes it. Owned by <see cref="InstanceHosts"/>.
/// </summary>
internal sealed class InstanceHost
{
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(10);

    private readonly HostBoot _boot;
    private readonly IHostNetwork _network;
    private readonly TimeProvider _time;
    private readonly SupervisedProgram _agent;

    private InstanceHost(HostBoot boot, IHostNetwork network, TimeProvider time, SupervisedProgram agent)
    {
        _boot = boot;
        _network = network;
        _time = time;
        _agent = agent;
    }

    public string InstanceId => _boot.InstanceId;

    public IPAddress Address => _boot.Address;

    public ProcessIdentity? Agent => _agent.Process;

    public int AgentRestarts => _agent.Restarts;

    /// <summary>Boots: makes the disk where it is not there yet, plugs the address in and starts the agent, which need not answer yet.</summary>
    /// <exception cref="ProgramStartException">The agent's program could not be started.</exception>
    /// <exception cref="HostNetworkException">The address could not be plugged in.</exception>
    public static async Task<InstanceHost> BootAsync(
        HostBoot boot, IHostNetwork network, TimeProvider time, ILogger logger, Action<ProcessIdentity> agentStarted, CancellationToken cancellationToken)
    {
        var disk = Path.Combine(boot.Folder, "disk");
        Directory.CreateDirectory(disk);
        await network.AttachAsync(boot.Address, cancellationToken);
        var agent = new SupervisedProgram(AgentOptions(boot, network.AgentEndpoint(boot.Address), disk), time, logger, agentStarted);
        try
        {
            agent.Start();
        }
        catch (ProgramStartException)
        {
            await network.DetachAsync(boot.Address);
            throw;
        }

        return new InstanceHost(boot, network, time, agent);
    }

    /// <summary>Shuts the machine down: the agent is asked to end, then the power goes for whatever is left. The disk stays.</summary>
    public async Task ShutDownAsync()
    {
        await _agent.StopAsync(ShutdownPatience);
        await _network.DetachAsync(Address);
        await Leftovers.EndProcessesAsync(_boot.Folder, [], _time, CancellationToken.None);
        await _agent.DisposeAsync();
    }

    private static ChildProgramOptions AgentOptions(HostBoot boot, IPEndPoint listenOn, string disk) => new()
    {
        Name = $"The agent of {boot.InstanceId}",
        Program = boot.Agent.Program,
        Arguments = boot.Agent.ArgumentsFor(listenOn.Address.ToString(), listenOn.Port, disk),
        Environment = ProgramEnvironment.Minimal(disk),
        WorkingDirectory = disk,
        LogFile = Path.Combine(boot.Folder, "console.log"),
    };
}
