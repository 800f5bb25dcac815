using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Controllers.Daemons;
using Harness.Simulator.Kubernetes.Controllers.Jobs;
using Harness.Simulator.Kubernetes.Controllers.Machinery;
using Harness.Simulator.Kubernetes.Scheduling;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Kubernetes.Controllers;

/// <summary>
/// Runs the built-in controllers and the scheduler of an embedded cluster, from its start until it is disposed. Each acts under the name
/// that it has in a real cluster. Disposed once, by who started it, before the cluster.
/// </summary>
public sealed class ControllerManager : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly IReadOnlyList<Controller> _controllers;
    private readonly Scheduler _scheduler;
    private Task _running = Task.CompletedTask;

    private ControllerManager(IReadOnlyList<Controller> controllers, Scheduler scheduler)
    {
        _controllers = controllers;
        _scheduler = scheduler;
    }

    /// <summary>Starts all of them.</summary>
    /// <param name="clientFor">Gives a client with the identity of the named user.</param>
    /// <param name="certificateAuthorityPem">The cluster's CA certificate, for the pods of each namespace.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where the controllers log.</param>
    public static ControllerManager Start(Func<string, IApiClient> clientFor, string certificateAuthorityPem, TimeProvider time, ILoggerFactory loggers)
    {
        var manager = new ControllerManager(
            [
                new NamespaceController(Client("namespace-controller"), certificateAuthorityPem, time, loggers.CreateLogger<NamespaceController>()),
                new ReplicaSetController(Client("replicaset-controller"), time, loggers.CreateLogger<ReplicaSetController>()),
                new DeploymentController(Client("deployment-controller"), time, loggers.CreateLogger<DeploymentController>()),
                new DaemonSetController(Client("daemon-set-controller"), time, loggers.CreateLogger<DaemonSetController>()),
                new JobController(Client("job-controller"), time, loggers.CreateLogger<JobController>()),
                new GarbageCollector(Client("generic-garbage-collector"), time, loggers.CreateLogger<GarbageCollector>()),
                new NodeLifecycleController(Client("node-controller"), time, loggers.CreateLogger<NodeLifecycleController>()),
                new EndpointsController(Client("endpointslice-controller"), time, loggers.CreateLogger<EndpointsController>()),
            ],
            new Scheduler(clientFor("system:kube-scheduler"), time, loggers.CreateLogger<Scheduler>()));
        manager._running = manager.RunAsync();
        return manager;

        IApiClient Client(string name) => clientFor($"system:serviceaccount:kube-system:{name}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        foreach (var controller in _controllers)
        {
            controller.Dispose();
        }

        _scheduler.Dispose();
        _stopping.Dispose();
    }

    private Task RunAsync() => Task.WhenAll(
        _controllers.Select(controller => Task.Run(() => controller.RunAsync(_stopping.Token), CancellationToken.None))
            .Append(Task.Run(() => _scheduler.RunAsync(_stopping.Token), CancellationToken.None)));
}
