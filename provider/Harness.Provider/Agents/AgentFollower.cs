using Grpc.Core;
using Grpc.Health.V1;
using Harness.Provider.Launching;
using Harness.Provider.Lifecycle;
using Harness.Provider.Metrics;
using Harness.Provider.Runtime;

namespace Harness.Provider.Agents;

/// <summary>
/// Reads an agent's two streams and posts what they say to the pod's worker. Each runs until it ends or breaks, or the connection
/// is closed; whether to open it again is the core's decision. Thread-safe.
/// </summary>
internal sealed class AgentFollower(ProviderMetrics metrics)
{
    public void Follow(AgentConnection connection, PodWorker worker, string instanceId)
    {
        connection.Start(AgentStream.Application, closing => ApplicationAsync(connection, worker, instanceId, closing));
        connection.Start(AgentStream.Health, closing => HealthAsync(connection, worker, instanceId, closing));
    }

    private async Task ApplicationAsync(AgentConnection connection, PodWorker worker, string instanceId, CancellationToken closing)
    {
        try
        {
            await foreach (var status in connection.WatchApplicationAsync(closing))
            {
                if (status is not null)
                {
                    await worker.PostAsync(new PodEvent.ApplicationReported(instanceId, AgentReports.Read(status), Asked: false), closing);
                }
            }

            await worker.PostAsync(new PodEvent.WatchEnded(instanceId, "the agent ended the watch"), closing);
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
        }
        catch (RpcException) when (closing.IsCancellationRequested)
        {
        }
        catch (RpcException exception)
        {
            metrics.WatchApplicationHealthStreamErrors.Add(1);
            await PostLateAsync(worker, new PodEvent.WatchEnded(instanceId, $"the watch broke: {exception.Status.StatusCode}: {exception.Status.Detail}"), closing);
        }
    }

    /// <summary>
    /// An agent without the health service, or whose stream breaks, says nothing by it: the application's watch and check decide.
    /// </summary>
    private async Task HealthAsync(AgentConnection connection, PodWorker worker, string instanceId, CancellationToken closing)
    {
        try
        {
            await foreach (var status in connection.WatchHealthAsync(closing))
            {
                if (status is HealthCheckResponse.Types.ServingStatus.Serving or HealthCheckResponse.Types.ServingStatus.NotServing)
                {
                    var serving = status == HealthCheckResponse.Types.ServingStatus.Serving;
                    await worker.PostAsync(new PodEvent.AgentHealthReported(instanceId, serving), closing);
                }
            }
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unimplemented || closing.IsCancellationRequested)
        {
        }
        catch (RpcException)
        {
            metrics.GrpcClientErrors.Add(1);
        }
    }

    private static async Task PostLateAsync(PodWorker worker, PodEvent happened, CancellationToken closing)
    {
        try
        {
            await worker.PostAsync(happened, closing);
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
        }
    }
}
