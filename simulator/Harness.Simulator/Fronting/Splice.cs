using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Harness.Simulator.Fronting;

/// <summary>
/// One forwarded connection: the peer's socket and the agent's, copied both ways, half-closes included. Owned by
/// <see cref="FrontListener"/>; <see cref="Abort"/> may be called from any thread and more than once.
/// </summary>
internal sealed class Splice(Socket peer)
{
    private const int BufferBytes = 32 * 1024;

    private Socket? _agent;

    /// <summary>Closes a socket so that its peer sees a reset instead of an orderly end.</summary>
    public static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The other side was faster; there is nothing left to reset.
        }

        socket.Dispose();
    }

    /// <summary>Connects to the agent and copies until both directions have ended.</summary>
    public async Task RunAsync(EndPoint agent, CancellationToken cancellationToken)
    {
        _agent = agent is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(agent.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await _agent.ConnectAsync(agent, cancellationToken);
        var outward = CopyAsync(peer, _agent, cancellationToken);
        var inward = CopyAsync(_agent, peer, cancellationToken);
        var first = await Task.WhenAny(outward, inward);
        if (!first.IsCompletedSuccessfully)
        {
            Abort();
        }

        await Task.WhenAll(outward, inward);
    }

    public void Abort()
    {
        Reset(peer);
        if (_agent is { } agent)
        {
            Reset(agent);
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer.AsMemory(), cancellationToken)) > 0)
            {
                await SendAllAsync(to, buffer.AsMemory(0, count), cancellationToken);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task SendAllAsync(Socket to, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        while (!data.IsEmpty)
        {
            data = data[await to.SendAsync(data, cancellationToken)..];
        }
    }
}
