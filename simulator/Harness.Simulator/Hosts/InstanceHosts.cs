using System.Collections.Concurrent;
using System.Net;
using Harness.Simulator.Ec2;
using Harness.Simulator.State;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Hosts;

/// <summary>
/// The machines behind an EC2: boots one, with a real agent, for each instance that EC2 starts, and ends it with everything that runs on
/// it. The emulated EC2 calls it before it reports an instance as running, stopped or terminated; another EC2's instances are
/// followed by what it reports. Thread-safe, for one instance one call at a time.
/// </summary>
internal sealed class InstanceHosts(
    AgentCommand agent, SimDirectory directory, IHostNetwork network, RunLedger ledger, TimeProvider time, ILogger<InstanceHosts> logger)
    : IInstanceHost
{
    private readonly ConcurrentDictionary<string, InstanceHost> _hosts = new();

    /// <summary>The machines that are switched on, by instance id.</summary>
    public IReadOnlyDictionary<string, InstanceHost> Running => _hosts;

    /// <summary>Switches a machine on.</summary>
    /// <exception cref="Programs.ProgramStartException">The agent's program could not be started; nothing runs.</exception>
    /// <exception cref="HostNetworkException">The address could not be had; nothing runs.</exception>
    public async Task BootAsync(string instanceId, IPAddress address, CancellationToken cancellationToken)
    {
        var boot = new HostBoot(instanceId, address, directory.Host(instanceId), agent);
        _hosts[instanceId] = await InstanceHost.BootAsync(
            boot, network, time, logger, process => ledger.AgentStarted(instanceId, process), cancellationToken);
    }

    /// <summary>Switches a machine off, if it is on, and throws its disk away unless that is kept for another boot.</summary>
    public async Task EndAsync(string instanceId, bool keepsDisk)
    {
        if (_hosts.TryRemove(instanceId, out var host))
        {
            await host.ShutDownAsync();
            ledger.AgentEnded(instanceId);
        }

        if (!keepsDisk && Directory.Exists(directory.Host(instanceId)))
        {
            Directory.Delete(directory.Host(instanceId), recursive: true);
        }
    }

    public Task StartAsync(InstanceView instance, CancellationToken cancellationToken)
    {
        var address = IPAddress.Parse(instance.PrivateIpAddress
            ?? throw new InvalidOperationException($"Instance {instance.InstanceId} has no private address to boot at."));
        return BootAsync(instance.InstanceId, address, cancellationToken);
    }

    public Task StopAsync(InstanceView instance, CancellationToken cancellationToken) =>
        EndAsync(instance.InstanceId, keepsDisk: instance.State is not (InstanceState.ShuttingDown or InstanceState.Terminated));

    public async Task RebootAsync(InstanceView instance, CancellationToken cancellationToken)
    {
        await EndAsync(instance.InstanceId, keepsDisk: true);
        await StartAsync(instance, cancellationToken);
    }

    /// <summary>Switches every machine off; the disks stay for whoever removes the folder.</summary>
    public Task EndAllAsync() => Task.WhenAll(_hosts.Keys.Select(instanceId => EndAsync(instanceId, keepsDisk: true)));
}
