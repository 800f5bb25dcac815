namespace Grpc.Core;

/// <summary>A stream of messages to the other side. One write at a time: a second one throws InvalidOperationException.</summary>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>How the next messages are written.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Ends once the transport took the message.</summary>
    Task WriteAsync(T message);

    /// <summary>Ends once the transport took the message; cancelling a started write ends the call.</summary>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            throw new NotSupportedException("Cancellation of stream writes is not supported by this gRPC implementation.");
        }

        return WriteAsync(message);
    }
}
