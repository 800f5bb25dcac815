using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Harness.Agent.Applications;

namespace Harness.Agent.Hosting;

/// <summary>Asks a workload's grpc.health.v1 service once, over a connection of its own as the kubelet does. Thread-safe.</summary>
internal static class GrpcProbe
{
    public static async Task<(bool Success, string Message)> CheckAsync(HandlerSpec.Grpc probe, CancellationToken cancellationToken)
    {
        var host = probe.Host.Contains(':') ? $"[{probe.Host}]" : probe.Host;
        using var channel = GrpcChannel.ForAddress($"http://{host}:{probe.Port}");
        try
        {
            var request = new HealthCheckRequest { Service = probe.Service };
            var response = await new Health.HealthClient(channel).CheckAsync(request, cancellationToken: cancellationToken);
            var serving = response.Status == HealthCheckResponse.Types.ServingStatus.Serving;
            return (serving, serving ? "" : $"service \"{probe.Service}\" is {response.Status}");
        }
        catch (RpcException exception)
        {
            return (false, $"{exception.StatusCode}: {exception.Status.Detail}");
        }
    }
}
