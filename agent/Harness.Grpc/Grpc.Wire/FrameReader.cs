using System.Buffers;
using System.IO.Pipelines;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>
/// Takes messages out of one side's byte stream and deserializes them in place. Failures are RpcException (the stream is
/// wrong) or those of the transport. One read at a time.
/// </summary>
internal sealed class FrameReader(PipeReader input, int? maxMessageSize, string encoding)
{
    /// <summary>Whether the message that was read last came compressed.</summary>
    public bool IsLastCompressed { get; private set; }

    /// <summary>The next message, or null at the end of the stream.</summary>
    public async ValueTask<T?> ReadAsync<T>(Func<DeserializationContext, T> deserializer, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (FrameHeader.TryRead(buffer, out var header))
            {
                MessageSize.ThrowIfReceivedTooLarge(header.Length, maxMessageSize);
                if (buffer.Length >= FrameHeader.Size + header.Length)
                {
                    var payload = buffer.Slice(FrameHeader.Size, header.Length);
                    var message = Deserialize(header, payload, deserializer);
                    input.AdvanceTo(payload.End);
                    IsLastCompressed = header.IsCompressed;
                    return message;
                }
            }

            if (result.IsCompleted)
            {
                ThrowIfRest(buffer);
                input.AdvanceTo(buffer.End);
                return null;
            }

            input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Returns the only message of the stream. INTERNAL when there is none, or more.</summary>
    public async ValueTask<T> ReadSingleAsync<T>(Func<DeserializationContext, T> deserializer, CancellationToken cancellationToken)
        where T : class
    {
        var message = await ReadAsync(deserializer, cancellationToken)
            ?? throw new RpcException(new Status(StatusCode.Internal, "Incomplete message."));
        return await ReadAsync(deserializer, cancellationToken) is null
            ? message
            : throw new RpcException(new Status(StatusCode.Internal, "Additional data after the message received."));
    }

    /// <summary>Gives the receive buffers back.</summary>
    public ValueTask CompleteAsync() => input.CompleteAsync();

    private T Deserialize<T>(FrameHeader header, in ReadOnlySequence<byte> payload, Func<DeserializationContext, T> deserializer)
        where T : class
    {
        try
        {
            var content = header.IsCompressed ? Decompress(payload) : payload;
            return deserializer(new PayloadDeserialization(content))
                ?? throw new InvalidOperationException("The deserializer returned no message.");
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw new RpcException(new Status(
                StatusCode.Internal, $"Failed to deserialize a message of {header.Length} bytes: {exception.Message}", exception));
        }
    }

    private ReadOnlySequence<byte> Decompress(in ReadOnlySequence<byte> payload) => encoding switch
    {
        WellKnown.GzipEncoding => new ReadOnlySequence<byte>(GzipPayload.Decompress(payload, maxMessageSize)),
        WellKnown.IdentityEncoding => throw new RpcException(new Status(
            StatusCode.Internal, "Request did not include grpc-encoding value with compressed message.")),
        _ => throw new RpcException(new Status(StatusCode.Unimplemented, $"Unsupported grpc-encoding value '{encoding}'.")),
    };

    private static void ThrowIfRest(in ReadOnlySequence<byte> buffer)
    {
        if (!buffer.IsEmpty)
        {
            throw new RpcException(new Status(StatusCode.Internal, "Incomplete message."));
        }
    }
}
