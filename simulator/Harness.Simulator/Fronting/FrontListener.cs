using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Fronting;

/// <summary>
/// Accepts, on one port, for every address of this machine, and tells hosts apart by the address that the peer
/// dialled. A connection to a host that is up is forwarded to where its agent listens privately; one to any other
/// address is reset, as a machine resets a port nobody listens on. Peers on other machines are dropped.
/// Network faults act here, between provider and agent. Thread-safe; owns every connection until it is disposed.
/// </summary>
public sealed partial class FrontListener : IAsyncDisposable
{
    private const int Backlog = 4096;

    private readonly ILogger _logger;
    private readonly Socket _listener;
    private readonly ConcurrentDictionary<IPAddress, EndPoint> _routes = new();
    private readonly ConcurrentDictionary<long, Connection> _connections = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private long _lastConnection;
    private int _disposed;

    private FrontListener(Socket listener, ILogger logger)
    {
        _listener = listener;
        _logger = logger;
        _accepting = AcceptAsync();
    }

    /// <summary>The port that hosts are reached on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>How many connections are open now.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>Listens on the port, or, where it is 0, on any free one.</summary>
    /// <exception cref="SocketException">The port is in use.</exception>
    public static FrontListener Start(int port, ILogger<FrontListener> logger)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // A host's agent listens on the host's own address too, so a wildcard here and a specific bind there must not
            // meet on one port: the kernel refuses the second of them.
            listener.Bind(new IPEndPoint(IPAddress.Any, port));
            listener.Listen(Backlog);
        }
        catch (SocketException)
        {
            listener.Dispose();
            throw;
        }

        return new FrontListener(listener, logger);
    }

    /// <summary>From now on, connections to <paramref name="host"/> are forwarded to <paramref name="agent"/>.</summary>
    public void Route(IPAddress host, EndPoint agent) => _routes[host] = agent;

    /// <summary>From now on, connections to <paramref name="host"/> are reset; those that are open are cut.</summary>
    public void Unroute(IPAddress host)
    {
        _routes.TryRemove(host, out _);
        foreach (var connection in _connections.Values.Where(connection => connection.Host.Equals(host)))
        {
            connection.Splice.Abort();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        foreach (var connection in _connections.Values)
        {
            connection.Splice.Abort();
            await connection.Running;
        }

        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Take(await _listener.AcceptAsync(_stopping.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException exception)
            {
                Log.AcceptFailed(_logger, exception.SocketErrorCode);
            }
        }
    }

    private void Take(Socket peer)
    {
        peer.NoDelay = true;
        var host = ((IPEndPoint)peer.LocalEndPoint!).Address;
        var remote = ((IPEndPoint)peer.RemoteEndPoint!).Address;
        if (!_routes.TryGetValue(host, out var agent) || !IsOfThisMachine(remote, host))
        {
            Splice.Reset(peer);
            return;
        }

        var id = Interlocked.Increment(ref _lastConnection);
        var splice = new Splice(peer);
        var connection = new Connection(host, splice);
        _connections[id] = connection;
        connection.Running = ForwardAsync(id, host, agent, splice);
    }

    /// <summary>Whoever dials an address of this machine from here comes from that same address, unless both are loopback.</summary>
    private static bool IsOfThisMachine(IPAddress remote, IPAddress host) => IPAddress.IsLoopback(remote) || remote.Equals(host);

    private async Task ForwardAsync(long id, IPAddress host, EndPoint agent, Splice splice)
    {
        try
        {
            await splice.RunAsync(agent, _stopping.Token);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Log.ConnectionCut(_logger, host, exception.Message);
        }
        finally
        {
            splice.Abort();
            _connections.TryRemove(id, out _);
        }
    }

    private sealed record Connection(IPAddress Host, Splice Splice)
    {
        public Task Running { get; set; } = Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Connection to host {Host} was cut: {Reason}")]
        public static partial void ConnectionCut(ILogger logger, IPAddress host, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A connection could not be accepted ({Error}); listening goes on")]
        public static partial void AcceptFailed(ILogger logger, SocketError error);
    }
}
