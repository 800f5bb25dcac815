using Grpc.Core;
using Grpc.Health.V1;
using Harness.Agent.Hosting;

namespace Harness.Agent.Services;

/// <summary>grpc.health.v1.Health for the agent as a whole ("") and its lifecycle service. Thread-safe.</summary>
internal sealed class HealthService(ServingState serving) : Health.HealthBase
{
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) => IsKnown(request.Service)
        ? Task.FromResult(Response(Current))
        : throw new RpcException(new Status(StatusCode.NotFound, $"Service \"{request.Service}\" is not known to this agent."));

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        var known = IsKnown(request.Service);
        var first = known ? Current : HealthCheckResponse.Types.ServingStatus.ServiceUnknown;
        await responseStream.WriteAsync(Response(first), context.CancellationToken);
        if (first == HealthCheckResponse.Types.ServingStatus.Serving)
        {
            await WaitFor(context, serving.Draining);
            if (serving.Draining.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
            {
                await responseStream.WriteAsync(Response(HealthCheckResponse.Types.ServingStatus.NotServing), context.CancellationToken);
            }
        }

        await WaitFor(context, serving.StreamsEnd);
        Streams.ThrowEnded(context);
    }

    private HealthCheckResponse.Types.ServingStatus Current => serving.Draining.IsCancellationRequested
        ? HealthCheckResponse.Types.ServingStatus.NotServing
        : HealthCheckResponse.Types.ServingStatus.Serving;

    private static bool IsKnown(string service) => service is "" or WellKnown.LifecycleService;

    private static HealthCheckResponse Response(HealthCheckResponse.Types.ServingStatus status) => new() { Status = status };

    private static async Task WaitFor(ServerCallContext context, CancellationToken moment)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(moment, context.CancellationToken);
        await Streams.WaitAsync(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, either.Token));
    }
}
