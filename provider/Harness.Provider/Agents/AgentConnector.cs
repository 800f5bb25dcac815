using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Harness.Provider.Configuration;

namespace Harness.Provider.Agents;

/// <summary>
/// Opens connections to agents. Each has a handler, and so a socket, of its own: disposing one closes exactly that. Stateless but for
/// the configuration; thread-safe.
/// </summary>
internal sealed class AgentConnector(AgentConfiguration configuration, TimeProvider clock)
{
    private static readonly TimeSpan EagerTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Connects and asks once. The connection is returned when anything at all answered: what old agents make of the question is
    /// no matter. Throws <see cref="RpcException"/> when nothing did.
    /// </summary>
    public async Task<AgentConnection> ConnectAsync(string address, bool eager, CancellationToken cancellationToken)
    {
        var timeout = eager ? EagerTimeout : configuration.MinConnectTimeout;
        var connection = Open(address, timeout);
        try
        {
            await connection.CheckAsync(timeout, cancellationToken);
            return connection;
        }
        catch (RpcException exception) when (IsAnswer(exception.StatusCode))
        {
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A channel for one purpose (logs), not asked first.</summary>
    public GrpcChannel OpenChannel(string address, TimeSpan connectTimeout)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = connectTimeout,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            EnableMultipleHttp2Connections = false,
            UseProxy = false,
            KeepAlivePingDelay = configuration.KeepaliveTime ?? Timeout.InfiniteTimeSpan,
            KeepAlivePingTimeout = configuration.KeepaliveTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        };
        var host = IPAddress.TryParse(address, out var ip) && ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? $"[{address}]" : address;
        return GrpcChannel.ForAddress($"http://{host}:{configuration.Port}", new GrpcChannelOptions { HttpHandler = handler });
    }

    private AgentConnection Open(string address, TimeSpan connectTimeout) =>
        new(OpenChannel(address, connectTimeout), configuration.RequestTimeout, clock);

    /// <summary>UNKNOWN is one: most languages answer it for an error that a handler throws, such as "nothing was launched yet".</summary>
    private static bool IsAnswer(StatusCode code) =>
        code is not (StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled or StatusCode.Internal);
}
