using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Grpc.Tests.Hosting;

/// <summary>
/// Stands between a client and a server, passes bytes on unchanged, and reads the HTTP/2 frames that go by: an independent witness of
/// what was on the wire. Thread-safe.
/// </summary>
internal sealed class WireTap : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<WireFrame> _frames = new();
    private readonly int _serverPort;
    private Task _accepting = Task.CompletedTask;
    private volatile bool _isFrozen;

    private WireTap(int serverPort)
    {
        _serverPort = serverPort;
    }

    /// <summary>As in <c>http://127.0.0.1:4711</c>.</summary>
    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>All frames so far, in the order in which they went by.</summary>
    public IReadOnlyList<WireFrame> Frames => [.. _frames];

    public static WireTap Start(int serverPort)
    {
        var tap = new WireTap(serverPort);
        tap._listener.Start();
        tap._accepting = tap.AcceptAsync();
        return tap;
    }

    /// <summary>From now on nothing goes by, and connections stay open: as when the other side's machine has lost its power.</summary>
    public void Freeze() => _isFrozen = true;

    /// <summary>Forgets what went by.</summary>
    public void Clear() => _frames.Clear();

    /// <summary>Of each gRPC message in this direction: whether it was flagged as compressed, in order.</summary>
    public IReadOnlyList<bool> CompressedFlags(bool isFromClient)
    {
        var flags = new List<bool>();
        foreach (var stream in Frames.Where(frame => frame.IsFromClient == isFromClient && frame.Type == WireFrame.Data)
            .GroupBy(frame => (frame.Connection, frame.Stream)))
        {
            ReadOnlySpan<byte> rest = stream.SelectMany(frame => frame.Payload).ToArray();
            while (rest.Length >= 5)
            {
                flags.Add(rest[0] == 1);
                rest = rest[Math.Min(rest.Length, 5 + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(rest[1..]))..];
            }
        }

        return flags;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token), connections.Count));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client, int connection)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, _stopping.Token);
            }
            catch (SocketException)
            {
                // The server has gone: so does the client.
                return;
            }

            using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            var up = PumpAsync(client, server, new WireFrameReader(connection, isFromClient: true, _frames), ended.Token);
            var down = PumpAsync(server, client, new WireFrameReader(connection, isFromClient: false, _frames), ended.Token);
            await Task.WhenAny(up, down);
            await ended.CancelAsync();
            await Task.WhenAll(up, down);
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, WireFrameReader reader, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await from.GetStream().ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (_isFrozen)
                {
                    continue;
                }

                reader.Read(buffer.AsSpan(0, count));
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // One side has gone: so does the other.
        }
    }
}
