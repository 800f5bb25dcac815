using System.Collections.Concurrent;
using System.Net;
using Harness.Simulator.Ec2;
using Harness.Simulator.Fronting;
using Harness.Simulator.State;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Hosts;

/// <summary>
/// The machines behind the emulated EC2: boots one, with a real agent, for each instance that EC2 starts, and ends it, with
/// everything that runs on it, before EC2 reports the instance as stopped or terminated. Called by the emulated EC2; thread-safe.
/// </summary>
internal sealed class InstanceHosts(
    InstanceHostsOptions options, SimDirectory directory, FrontListener front, RunLedger ledger, TimeProvider time, ILogger<InstanceHosts> logger)
    : IInstanceHost
{
    private readonly ConcurrentDictionary<string, InstanceHost> _hosts = new();

    /// <summary>The machines that are switched on, by instance id.</summary>
    public IReadOnlyDictionary<string, InstanceHost> Running => _hosts;

    public Task StartAsync(InstanceView instance, CancellationToken cancellationToken)
    {
        var address = IPAddress.Parse(instance.PrivateIpAddress
            ?? throw new InvalidOperationException($"Instance {instance.InstanceId} has no private address to boot at."));
        var boot = new HostBoot(instance.InstanceId, address, options.PrivatePort, directory.Host(instance.InstanceId), options.Agent);
        _hosts[instance.InstanceId] =
            InstanceHost.Boot(boot, front, time, logger, process => ledger.AgentStarted(instance.InstanceId, process));
        return Task.CompletedTask;
    }

    public async Task StopAsync(InstanceView instance, CancellationToken cancellationToken)
    {
        await EndAsync(instance.InstanceId);
        var disk = directory.Host(instance.InstanceId);
        if (instance.State is InstanceState.ShuttingDown or InstanceState.Terminated && Directory.Exists(disk))
        {
            Directory.Delete(disk, recursive: true);
        }
    }

    public async Task RebootAsync(InstanceView instance, CancellationToken cancellationToken)
    {
        await EndAsync(instance.InstanceId);
        await StartAsync(instance, cancellationToken);
    }

    /// <summary>Switches every machine off.</summary>
    public Task EndAllAsync() => Task.WhenAll(_hosts.Keys.Select(EndAsync));

    private async Task EndAsync(string instanceId)
    {
        if (_hosts.TryRemove(instanceId, out var host))
        {
            await host.ShutDownAsync();
            ledger.AgentEnded(instanceId);
        }
    }
}
