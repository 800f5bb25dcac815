using Harness.Simulator.Clouds.Following;
using Harness.Simulator.Hosts;
using Harness.Simulator.Programs;
using Harness.Simulator.State;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Composition;

/// <summary>
/// Instance hosts alone, for an EC2 that has none: each instance that DescribeInstances tells of gets an agent that answers at the
/// instance's private address on a network interface of this machine or container. For a cluster in containers, where provider and
/// EC2 run elsewhere. One owner.
/// </summary>
public sealed class FollowedHosts : IAsyncDisposable
{
    private readonly Stack<Func<Task>> _undo = new();

    private FollowedHosts()
    {
    }

    /// <summary>Returns once instances are followed; EC2 need not answer yet.</summary>
    /// <exception cref="SimulatorStartException">The folder is taken, or the interface cannot be used.</exception>
    public static async Task<FollowedHosts> StartAsync(
        FollowedHostsOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var hosts = new FollowedHosts();
        try
        {
            await hosts.BringUpAsync(options, time, loggers, cancellationToken);
            return hosts;
        }
        catch (HostNetworkException exception)
        {
            await hosts.DisposeAsync();
            throw new SimulatorStartException(exception.Message, exception);
        }
        catch
        {
            await hosts.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_undo.TryPop(out var undo))
        {
            await undo();
        }
    }

    private async Task BringUpAsync(FollowedHostsOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var held = FolderLock.Take(options.Directory);
        _undo.Push(async () => await held.DisposeAsync());
        await Leftovers.EndAsync(options.Directory, time, loggers.CreateLogger<FollowedHosts>(), cancellationToken);
        options.Directory.Create();

        var network = new InterfaceNetwork(options.Interface, options.AgentPort, options.Directory.Root, time);
        InterfaceNetwork.CheckRights();
        await network.RemoveAllAsync(cancellationToken);

        var ledger = OpenLedger(options);
        var hosts = new InstanceHosts(options.Agent, options.Directory, network, ledger, time, loggers.CreateLogger<InstanceHosts>());
        _undo.Push(hosts.EndAllAsync);
        var ec2 = options.Access.Connect();
        _undo.Push(() =>
        {
            ec2.Dispose();
            return Task.CompletedTask;
        });
        var following = new FollowerOptions { Filters = options.Filters, BootDelay = options.BootDelay };
        var follower = new InstanceFollower(ec2, following, hosts, time, loggers.CreateLogger<InstanceFollower>());
        follower.Start();
        _undo.Push(async () => await follower.DisposeAsync());
    }

    private RunLedger OpenLedger(FollowedHostsOptions options)
    {
        var self = ProcessIdentity.Of(Environment.ProcessId)
            ?? throw new SimulatorStartException("/proc is not readable: instance hosts run on Linux only.");
        var ledger = new RunLedger(options.Directory, new RunRecord { Simulator = self, Interface = options.Interface });
        ledger.Write();
        _undo.Push(() =>
        {
            ledger.Close();
            return Task.CompletedTask;
        });
        return ledger;
    }
}
