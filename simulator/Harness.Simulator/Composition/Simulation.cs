using System.Net.Sockets;
using Harness.Simulator.Clouds;
using Harness.Simulator.Clusters;
using Harness.Simulator.Control;
using Harness.Simulator.Ec2;
using Harness.Simulator.Fronting;
using Harness.Simulator.Hosts;
using Harness.Simulator.Kubernetes;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Programs;
using Harness.Simulator.State;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Composition;

/// <summary>
/// One whole simulator: its block of addresses, emulated EC2 with instance hosts, embedded Kubernetes, and the provider as a
/// process of its own. Brings the parts up in the order in which they need each other and takes them down in the opposite one.
/// One owner; <see cref="Status"/> may be called from any thread.
/// </summary>
public sealed class Simulation : IAsyncDisposable
{
    private const int DefaultAgentPort = 8200;

    private readonly SimulationOptions _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly DateTimeOffset _since;
    private readonly Stack<Func<Task>> _undo = new();
    private volatile SimulatorState _state = SimulatorState.Starting;
    private volatile ControlServer? _control;
    private volatile ICloud? _cloud;
    private volatile InstanceHosts? _hosts;
    private volatile ICluster? _cluster;
    private volatile ProviderSetup? _setup;
    private volatile SupervisedProgram? _provider;
    private volatile string? _node;

    private Simulation(SimulationOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _time = time;
        _loggers = loggers;
        _since = time.GetUtcNow();
    }

    /// <summary>The embedded API server; a simulator on another cluster has none.</summary>
    public EmbeddedCluster Cluster => ((EmbeddedClusterDriver)_cluster!).Cluster;

    /// <summary>A client of the cluster, whichever it is, with an administrator's rights.</summary>
    public IApiClient Administrator => _cluster!.Administrator;

    /// <summary>The emulated EC2; a simulator on another EC2 has none.</summary>
    public Ec2Simulator Ec2 => ((EmbeddedCloud)_cloud!).Ec2;

    /// <summary>Brings everything up and returns once the virtual node is Ready.</summary>
    /// <exception cref="SimulatorStartException">A part could not be started; those that were have been ended again.</exception>
    public static async Task<Simulation> StartAsync(
        SimulationOptions options, IProgress<string> progress, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var simulation = new Simulation(options, time, loggers);
        try
        {
            await simulation.BringUpAsync(progress, cancellationToken);
            return simulation;
        }
        catch
        {
            await simulation.DisposeAsync();
            throw;
        }
    }

    /// <summary>What runs and where.</summary>
    public SimulatorStatus Status() => new()
    {
        State = _state,
        Directory = _options.Directory.Root,
        Pid = Environment.ProcessId,
        Since = _since,
        Block = _control?.Block.Cidr,
        Control = _control is { } control ? Text(control.Endpoint) : null,
        Kubernetes = _cluster is { } cluster ? new SimulatorStatus.KubernetesStatus(Text(cluster.Endpoint), _options.Directory.Kubeconfig, cluster.Description) : null,
        Ec2 = _cloud is { } cloud ? new SimulatorStatus.Ec2Status(Text(cloud.Endpoint), cloud.Region, cloud.Description) : null,
        Provider = _setup is { } setup
            ? new SimulatorStatus.ProviderStatus(_provider?.Process?.Pid, _provider?.Restarts ?? 0, _node, setup.MetricsEndpoint, _options.Directory.ProviderLog)
            : null,
        Hosts = HostList(),
    };

    /// <summary>Takes everything down, and tells each step.</summary>
    public async Task StopAsync(IProgress<string> progress)
    {
        _state = SimulatorState.Stopping;
        progress.Report("Stopping: the provider, then the instances and their applications");
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _state = SimulatorState.Stopping;
        while (_undo.TryPop(out var undo))
        {
            await undo();
        }
    }

    private async Task BringUpAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        LockFolder();
        await EndLeftoversAsync(progress, cancellationToken);
        var control = await ClaimBlockAsync(cancellationToken);
        progress.Report($"Hosts get addresses in {control.Block}");
        var ledger = OpenLedger(control);
        var front = StartFront();
        var cloud = await StartCloudAsync(control.Block, front, ledger, progress, cancellationToken);
        progress.Report($"EC2 ({cloud.Description}) answers at {Text(cloud.Endpoint)}");
        var cluster = await StartClusterAsync(new ClusterSite(control.Block, _options.Directory, ledger, _options.Seed, progress, _time, _loggers), cancellationToken);
        progress.Report($"Kubernetes ({cluster.Description}) answers at {Text(cluster.Endpoint)}");
        await StartProviderAsync(control.Block, cluster, cloud, front, ledger, cancellationToken);
        progress.Report($"The provider runs as process {_provider!.Process}");
        _node = await NodeAsync(cluster, cancellationToken);
        progress.Report($"Node {_node} is Ready");
        _state = SimulatorState.Ready;
    }

    private void LockFolder()
    {
        var held = FolderLock.Take(_options.Directory);
        _undo.Push(async () => await held.DisposeAsync());
    }

    private async Task EndLeftoversAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        var ended = await Leftovers.EndAsync(_options.Directory, _time, Logger<Simulation>(), cancellationToken);
        if (ended > 0)
        {
            progress.Report($"Ended {ended} processes that an earlier simulator left behind");
        }

        _options.Directory.Create();
    }

    private async Task<ControlServer> ClaimBlockAsync(CancellationToken cancellationToken)
    {
        var first = new AddressBlock(_options.Block ?? 1);
        _control = await ControlServer.ClaimBlockAsync(first, _options.Block is not null, _options.ControlPort, Status, _loggers, cancellationToken);
        _undo.Push(async () => await _control.DisposeAsync());
        return _control;
    }

    private RunLedger OpenLedger(ControlServer control)
    {
        var self = ProcessIdentity.Of(Environment.ProcessId)
            ?? throw new SimulatorStartException("/proc is not readable: the simulator runs on Linux only.");
        var ledger = new RunLedger(_options.Directory, new RunRecord { Simulator = self, Control = Text(control.Endpoint) });
        ledger.Write();
        _undo.Push(() =>
        {
            ledger.Close();
            return Task.CompletedTask;
        });
        return ledger;
    }

    private FrontListener StartFront()
    {
        var front = Listen(_options.AgentPort ?? DefaultAgentPort, mayMove: _options.AgentPort is null);
        _undo.Push(async () => await front.DisposeAsync());
        return front;
    }

    private FrontListener Listen(int port, bool mayMove)
    {
        try
        {
            return FrontListener.Start(port, Logger<FrontListener>());
        }
        catch (SocketException) when (mayMove)
        {
            return FrontListener.Start(0, Logger<FrontListener>());
        }
        catch (SocketException exception)
        {
            throw new SimulatorStartException($"Port {port} for agents is in use. Leave --agent-port out to take any free one.", exception);
        }
    }

    private async Task<ICloud> StartCloudAsync(
        AddressBlock block, FrontListener front, RunLedger ledger, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var privatePort = PortChoice.PrivateAgentPort(front.Port);
        var network = new FrontNetwork(front, privatePort, new InterfaceNetwork(InterfaceNetwork.Loopback, privatePort, _options.Directory.Root, _time));
        var hosts = _hosts = new InstanceHosts(_options.Agent, _options.Directory, network, ledger, _time, Logger<InstanceHosts>());
        _undo.Push(hosts.EndAllAsync);
        var site = new CloudSite(block, front.Port, hosts, ledger, _options, progress, _time, _loggers);
        var cloud = await CloudDrivers.StartAsync(_options.Cloud, site, cancellationToken);
        _undo.Push(async () => await cloud.DisposeAsync());
        return _cloud = cloud;
    }

    private async Task<ICluster> StartClusterAsync(ClusterSite site, CancellationToken cancellationToken)
    {
        var cluster = await ClusterDrivers.StartAsync(_options.Cluster, site, cancellationToken);
        _undo.Push(async () => await cluster.DisposeAsync());
        _cluster = cluster;
        await PrivateFile.WriteAsync(_options.Directory.Kubeconfig, cluster.AdministratorKubeconfig, cancellationToken);
        _undo.Push(() =>
        {
            File.Delete(_options.Directory.Kubeconfig);
            return Task.CompletedTask;
        });
        return cluster;
    }

    private async Task StartProviderAsync(
        AddressBlock block, ICluster cluster, ICloud cloud, FrontListener front, RunLedger ledger, CancellationToken cancellationToken)
    {
        var setup = _setup = new ProviderSetup
        {
            Directory = _options.Directory,
            Program = _options.ProviderProgram,
            Cloud = cloud,
            NodeAddress = block.ControlAddress,
            AgentPort = front.Port,
            Kubeconfig = await cluster.AdmitProviderAsync(cancellationToken),
            NodeLabels = cluster.NodeLabels,
            ConfigurationOverlay = _options.ProviderConfiguration,
        };
        await setup.WriteAsync(cancellationToken);
        var provider = new SupervisedProgram(setup.ProgramOptions(), _time, Logger<Simulation>(), ledger.ProviderStarted);
        try
        {
            provider.Start();
        }
        catch (ProgramStartException exception)
        {
            throw new SimulatorStartException(exception.Message, exception);
        }

        _provider = provider;
        _undo.Push(async () =>
        {
            await provider.StopAsync(TimeSpan.FromSeconds(20));
            await provider.DisposeAsync();
        });
        _undo.Push(cluster.RetireNodeAsync);
    }

    private async Task<string> NodeAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_options.StartTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await cluster.WaitForNodeAsync(both.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SimulatorStartException(
                $"The virtual node was not Ready within {_options.StartTimeout.TotalSeconds:0} s. The provider's log tells why: {_options.Directory.ProviderLog}");
        }
    }

    private List<SimulatorStatus.HostStatus> HostList()
    {
        if (_hosts is not { } hosts || _cloud is not { } cloud || _state == SimulatorState.Stopping)
        {
            return [];
        }

        var names = cloud.InstanceNames();
        return [.. hosts.Running.Values
            .OrderBy(host => host.InstanceId, StringComparer.Ordinal)
            .Select(host => new SimulatorStatus.HostStatus(
                host.InstanceId,
                host.Address.ToString(),
                host.Agent?.Pid,
                host.AgentRestarts,
                names.GetValueOrDefault(host.InstanceId),
                Path.Combine(_options.Directory.Host(host.InstanceId), "console.log")))];
    }

    private static string Text(Uri endpoint) => endpoint.ToString().TrimEnd('/');

    private ILogger<T> Logger<T>() => _loggers.CreateLogger<T>();
}
