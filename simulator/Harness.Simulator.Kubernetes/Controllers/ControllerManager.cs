using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Controllers.Machinery;
using Harness.Simulator.Kubernetes.Scheduling;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Kubernetes.Controllers;

/// <summary>Runs the built-in controllers and the scheduler of an embedded cluster, from its start until it is disposed.</summary>
public sealed class ControllerManager : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Controller> _controllers;
    private readonly Scheduler _scheduler;
    private readonly Task _running;

    /// <param name="clientFor">Gives a client with the identity of the named user.</param>
    /// <param name="certificateAuthorityPem">The cluster's CA certificate, for the pods of each namespace.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where the controllers log.</param>
    public ControllerManager(Func<string, IApiClient> clientFor, string certificateAuthorityPem, TimeProvider time, ILoggerFactory loggers)
    {
        _controllers =
        [
            new NamespaceController(Client("namespace-controller"), certificateAuthorityPem, time, loggers.CreateLogger<NamespaceController>()),
            new ReplicaSetController(Client("replicaset-controller"), time, loggers.CreateLogger<ReplicaSetController>()),
            new DeploymentController(Client("deployment-controller"), time, loggers.CreateLogger<DeploymentController>()),
            new GarbageCollector(Client("generic-garbage-collector"), time, loggers.CreateLogger<GarbageCollector>()),
            new NodeLifecycleController(Client("node-controller"), time, loggers.CreateLogger<NodeLifecycleController>()),
            new EndpointsController(Client("endpointslice-controller"), time, loggers.CreateLogger<EndpointsController>()),
        ];
        _scheduler = new Scheduler(clientFor("system:kube-scheduler"), time, loggers.CreateLogger<Scheduler>());
        _running = Task.WhenAll([.. _controllers.Select(controller => controller.RunAsync(_stopping.Token)), _scheduler.RunAsync(_stopping.Token)]);

        IApiClient Client(string name) => clientFor($"system:serviceaccount:kube-system:{name}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _controllers.ForEach(controller => controller.Dispose());
        _scheduler.Dispose();
        _stopping.Dispose();
    }
}
