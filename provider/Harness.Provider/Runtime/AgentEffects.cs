using System.Collections.Concurrent;
using Grpc.Core;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Provider.Agents;
using Harness.Provider.Launching;
using Harness.Provider.Lifecycle;
using Harness.Provider.Metrics;

namespace Harness.Provider.Runtime;

/// <summary>
/// The effects on agents: one connection an instance, kept from the dial that succeeded until the core closes it. Thread-safe.
/// </summary>
internal sealed class AgentEffects(AgentConnector connector, AgentFollower follower, string nodeIp, ProviderMetrics metrics)
{
    private readonly ConcurrentDictionary<string, AgentConnection> _connections = new();
    private readonly ConcurrentDictionary<string, string> _instances = new();

    /// <summary>Connections that are open now.</summary>
    public int OpenConnections => _connections.Count;

    public async Task<PodEvent> DialAsync(PodWorker worker, PodEffect.DialAgent dial, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await connector.ConnectAsync(dial.Address, dial.Eager, cancellationToken);
            await CloseAsync(dial.InstanceId);
            _connections[dial.InstanceId] = connection;
            _instances[worker.Uid] = dial.InstanceId;
            return new PodEvent.AgentReached(dial.InstanceId);
        }
        catch (RpcException exception)
        {
            (exception.StatusCode == StatusCode.DeadlineExceeded ? metrics.GrpcConnectionTimeoutErrors : metrics.GrpcConnectionErrors).Add(1);
            return new PodEvent.AgentUnreachable(dial.InstanceId, exception.Status.Detail);
        }
    }

    public async Task<PodEvent> LaunchAsync(PodWorker worker, PodEffect.LaunchApplication launch, CancellationToken cancellationToken)
    {
        if (!_connections.TryGetValue(launch.InstanceId, out var connection))
        {
            return new PodEvent.ApplicationNotLaunched(launch.InstanceId, AgentRefusal.Unreachable, "the connection was closed");
        }

        try
        {
            await connection.LaunchAsync(WithAddresses(worker.Pod, launch.Address), cancellationToken);
            metrics.PodsCreated.Add(1);
            return new PodEvent.ApplicationLaunched(launch.InstanceId);
        }
        catch (RpcException exception)
        {
            metrics.LaunchApplicationErrors.Add(1);
            return new PodEvent.ApplicationNotLaunched(launch.InstanceId, Meaning(exception.StatusCode), exception.Status.Detail);
        }
    }

    public async Task<PodEvent> CheckAsync(string instanceId, CancellationToken cancellationToken)
    {
        if (!_connections.TryGetValue(instanceId, out var connection))
        {
            return new PodEvent.CheckFailed(instanceId, "the connection was closed", NothingThere: false);
        }

        try
        {
            return await connection.CheckAsync(cancellationToken) is { } status
                ? new PodEvent.ApplicationReported(instanceId, AgentReports.Read(status), Asked: true)
                : new PodEvent.CheckFailed(instanceId, "the agent answered without a status", NothingThere: false);
        }
        catch (RpcException exception)
        {
            metrics.CheckApplicationHealthErrors.Add(1);
            var nothing = exception.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition;
            return new PodEvent.CheckFailed(instanceId, $"{exception.StatusCode}: {exception.Status.Detail}", nothing);
        }
    }

    public PodEvent? Watch(PodWorker worker, string instanceId)
    {
        if (!_connections.TryGetValue(instanceId, out var connection))
        {
            return new PodEvent.WatchEnded(instanceId, "the connection was closed");
        }

        follower.Follow(connection, worker, instanceId);
        return null;
    }

    public async Task<PodEvent> TerminateAsync(PodEffect.TerminateApplication terminate, CancellationToken cancellationToken)
    {
        if (!_connections.TryGetValue(terminate.InstanceId, out var connection))
        {
            return new PodEvent.TerminationFailed(terminate.InstanceId, "the connection was closed", NotOffered: false);
        }

        try
        {
            await connection.TerminateAsync(terminate.Grace, cancellationToken);
            return new PodEvent.TerminationAccepted(terminate.InstanceId);
        }
        catch (RpcException exception)
        {
            if (exception.StatusCode != StatusCode.Cancelled)
            {
                // Cancelled: the application ended before the answer came, and the connection was closed.
                metrics.TerminateApplicationErrors.Add(1);
            }

            var notOffered = exception.StatusCode is StatusCode.Unimplemented or StatusCode.NotFound or StatusCode.FailedPrecondition;
            return new PodEvent.TerminationFailed(terminate.InstanceId, exception.Status.Detail, notOffered);
        }
    }

    public async Task CloseAsync(string instanceId)
    {
        if (_connections.TryRemove(instanceId, out var connection))
        {
            await connection.DisposeAsync();
        }
    }

    /// <summary>Closes what a pod that is gone, or a provider that stops, still holds.</summary>
    public async Task ForgetAsync(PodWorker worker)
    {
        if (_instances.TryRemove(worker.Uid, out var instanceId))
        {
            await CloseAsync(instanceId);
        }
    }

    private static AgentRefusal Meaning(StatusCode code) => code switch
    {
        StatusCode.InvalidArgument => AgentRefusal.Rejected,
        StatusCode.AlreadyExists => AgentRefusal.AlreadyLaunched,
        StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled => AgentRefusal.Unreachable,
        _ => AgentRefusal.Retry,
    };

    private Pod WithAddresses(Pod pod, string address)
    {
        var sent = pod.Clone();
        sent.Status ??= new PodStatus();
        sent.Status.PodIP = address;
        sent.Status.PodIPs.Clear();
        sent.Status.PodIPs.Add(new PodIP { Ip = address });
        sent.Status.HostIP = nodeIp;
        sent.Status.HostIPs.Clear();
        sent.Status.HostIPs.Add(new HostIP { Ip = nodeIp });
        return sent;
    }
}
