using System.Net;
using System.Net.Sockets;

namespace Harness.Fuzz.Wire;

/// <summary>One TCP connection to the agent, without any idea of HTTP. Used by one caller, who may send and receive side by side.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[16 * 1024];

    private RawConnection(Socket socket)
    {
        _socket = socket;
    }

    public ReplyReader Replies { get; } = new();

    /// <summary>How the agent ended the connection; null while it is open.</summary>
    public string? Ending { get; private set; }

    public static async Task<RawConnection> OpenAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            return new RawConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>False once the agent takes no more.</summary>
    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await _socket.SendAsync(bytes, cancellationToken)..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Reads until the agent closes or the token says that it is enough.</summary>
    public async Task ReadAsync(CancellationToken enough)
    {
        try
        {
            while (Ending is null)
            {
                var count = await _socket.ReceiveAsync(_buffer, enough);
                Replies.Read(_buffer.AsSpan(0, count));
                Ending = count == 0 ? "closed" : null;
            }
        }
        catch (SocketException exception)
        {
            Ending = exception.SocketErrorCode == SocketError.ConnectionReset ? "reset" : exception.SocketErrorCode.ToString();
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // The agent keeps the connection: that is an answer too.
        }
    }

    /// <summary>Tells the agent that nothing more comes.</summary>
    public void CloseSending()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The agent was faster.
        }
    }

    /// <summary>Ends the connection without a farewell.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();
}
