using System.Net;
using Harness.Fuzz.Wire;

namespace Harness.Fuzz.Targets;

/// <summary>
/// Another client of the agent, who wants nothing but service: a health check at a time, each on a connection of its own. Used by one caller.
/// </summary>
internal sealed class HealthProbe(IPEndPoint address, TimeProvider timeProvider)
{
    /// <summary>How long a check may take on a machine that is busy with the fuzzing itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>HealthCheckResponse with status SERVING, behind its gRPC header.</summary>
    private static readonly byte[] Serving = FrameBytes.Message([0x08, 0x01]);

    public long Answered { get; private set; }

    /// <summary>Null when the agent answered with SERVING, else what happened.</summary>
    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var client = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{address}/grpc.health.v1.Health/Check")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(FrameBytes.Message([])),
        };
        request.Content.Headers.TryAddWithoutValidation("content-type", "application/grpc");
        request.Headers.TryAddWithoutValidation("te", "trailers");
        using var limit = new CancellationTokenSource(Patience, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await client.SendAsync(request, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            if (!body.AsSpan().SequenceEqual(Serving))
            {
                return $"HTTP {(int)response.StatusCode}, {body.Length} bytes";
            }

            Answered++;
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {Patience.TotalSeconds} s";
        }
        catch (HttpRequestException exception)
        {
            return exception.GetBaseException().Message;
        }
    }
}
