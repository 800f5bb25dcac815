using System.Net;
using System.Security.Cryptography;
using Harness.Kubernetes.Events;
using Harness.Kubernetes.Informers;
using Harness.Kubernetes.Leases;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Resources;
using Harness.Provider.Agents;
using Harness.Provider.Configuration;
using Harness.Provider.KubeletApi;
using Harness.Provider.Limits;
using Harness.Provider.Metrics;
using Harness.Provider.Node;
using Harness.Provider.Sweeping;
using Microsoft.Extensions.Logging;

namespace Harness.Provider.Runtime;

/// <summary>
/// One node with all its parts, put together: the place where everything is made and every loop is started and awaited. The program's
/// one source of entropy is here. Started, run and disposed once, by <see cref="ProviderProgram"/>.
/// </summary>
internal sealed partial class VirtualKubelet : IAsyncDisposable
{
    private readonly ProviderConfiguration _configuration;
    private readonly NodeIdentity _identity;
    private readonly ProviderOptions _options;
    private readonly ProviderClients _clients;
    private readonly ProviderMetrics _metrics;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger<VirtualKubelet> _logger;
    private readonly Random _random = new(RandomNumberGenerator.GetInt32(int.MaxValue));
    private readonly EventRecorder _recorder;
    private readonly NodeVoice _voice;
    private readonly LaunchGate _gate;
    private readonly LimitsReload _reload;
    private readonly InstanceObserver _observer;
    private readonly PodWorkers _workers;
    private readonly ClientAuthority _authority;
    private readonly KubeletServer _kubelet;

    public VirtualKubelet(
        ConfigurationFile file, ProviderOptions options, NodeIdentity identity, ProviderClients clients, ProviderMetrics metrics,
        AuditLog audit, TimeProvider clock, ILoggerFactory loggers)
    {
        (_configuration, _options, _identity, _clients) = (file.Configuration, options, identity, clients);
        (_metrics, _audit, _clock, _loggers) = (metrics, audit, clock, loggers);
        _logger = loggers.CreateLogger<VirtualKubelet>();
        _recorder = new EventRecorder(
            clients.Kubernetes, new EventSourceOptions { Component = WellKnown.Component, Host = identity.Name }, clock, loggers.CreateLogger<EventRecorder>());
        _voice = new NodeVoice(_recorder, identity.Name);
        _gate = new LaunchGate(_configuration.Limits, () => _workers!.All.Select(worker => worker.Record), clock);
        _reload = new LimitsReload(file.Path, _gate, clock, loggers.CreateLogger<LimitsReload>());
        _observer = new InstanceObserver(clients.Ec2, _configuration, clock, metrics, loggers.CreateLogger<InstanceObserver>());
        var connector = new AgentConnector(_configuration.Agent, clock);
        _workers = new PodWorkers(MakeEffects(connector), _configuration.ToPolicy(), clock, loggers);
        _authority = new ClientAuthority(clients.Kubernetes, clock, loggers.CreateLogger<ClientAuthority>());
        _kubelet = new KubeletServer(
            new IPEndPoint(options.NodeIp, options.KubeletPort),
            ServingCertificate.Make(options.NodeIp, identity.Name, clock.GetUtcNow()),
            new ClientGate(() => _authority.Roots, _configuration.Kubelet, clock),
            new LogHandler(_workers, connector, clock), _workers, loggers);
    }

    /// <summary>Opens the kubelet port.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _kubelet.StartAsync(cancellationToken);

    /// <summary>Runs all loops until cancelled, or until one of them breaks.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var history = new LaunchHistory(_clients.Ec2, _gate, _loggers.CreateLogger<LaunchHistory>());
        await history.ReadAsync(_configuration.ClusterName, _identity.Name, cancellationToken);
        var facts = new NodeFacts(_identity.Name, _options.NodeIp.ToString(), _kubelet.Port, _configuration.Node, _options.Version);
        var registration = new NodeRegistration(_clients.Kubernetes, facts, _voice, _clock, _loggers.CreateLogger<NodeRegistration>());
        var informer = new Informer<Pod>(
            _clients.Kubernetes, KubernetesResources.Pods, new InformerOptions { FieldSelector = $"spec.nodeName={_identity.Name}" },
            _clock, _random, _loggers.CreateLogger<Informer<Pod>>());
        informer.AddHandler(_workers.Handle);
        Log.Running(_logger, _identity.Name, facts.NodeIp, facts.KubeletPort);
        try
        {
            await LoopGroup.RunAsync(
                [
                    informer.RunAsync, _recorder.RunAsync, registration.RunAsync, MakeLease(registration).RunAsync, _authority.RunAsync,
                    _reload.RunAsync, MakeSweep().RunAsync, stopping => _observer.RunAsync(_workers, stopping),
                ],
                cancellationToken);
        }
        finally
        {
            await _workers.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => _kubelet.DisposeAsync();

    private PodEffects MakeEffects(AgentConnector connector)
    {
        var nodeIp = _options.NodeIp.ToString();
        var launcher = new InstanceLauncher(_clients.Ec2, _configuration, _identity.Name, _gate, _audit, _metrics) 
        {
            Credentials = ProviderClients.Credentials,
            S3Endpoint = ProviderClients.S3Endpoint(Environment.GetEnvironmentVariable),
        };
        return new PodEffects(
            new ApiEffects(_clients.Kubernetes, _recorder, nodeIp, _clock, _metrics),
            new InstanceEffects(_clients.Ec2, launcher, _observer, _audit, new SemaphoreSlim(_configuration.Timing.ConcurrentRequests), _metrics),
            new AgentEffects(connector, new AgentFollower(_metrics), nodeIp, _metrics));
    }

    private LeaseRenewer MakeLease(NodeRegistration registration) => new(
        _clients.Kubernetes,
        new LeaseOptions
        {
            Namespace = WellKnown.LeaseNamespace, Name = _identity.Name, HolderIdentity = _identity.Name,
            Duration = _configuration.Node.LeaseDuration, RenewInterval = _configuration.Node.LeaseRenewal, Owner = registration.Owner,
        },
        _clock, _random, _loggers.CreateLogger<LeaseRenewer>());

    private SweepLoop MakeSweep() => new(
        _clients.Kubernetes, _clients.Ec2, new SweepActions(_clients.Ec2, _audit, _voice, _metrics), _configuration.Sweep,
        new SweepPolicy(_configuration.ClusterName, _identity.Name, _configuration.Sweep.Grace), _clock, _loggers.CreateLogger<SweepLoop>());

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Node {Node} works; kubelet port at {NodeIp}:{Port}")]
        public static partial void Running(ILogger logger, string node, string nodeIp, int port);
    }
}
