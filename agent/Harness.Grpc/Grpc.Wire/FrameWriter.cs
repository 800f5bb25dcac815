using System.Buffers;
using System.IO.Pipelines;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>
/// Serializes messages, each behind its header, into one side's pipe; flushing is the caller's. A message that tells its
/// length beforehand, as protobuf does, goes straight into the pipe; others, and compressed ones, through a buffer.
/// One message at a time. After a failure in the middle of a message <see cref="IsBroken"/> is set and the stream must be reset.
/// </summary>
internal sealed class FrameWriter(PipeWriter output, int? maxMessageSize) : SerializationContext, IBufferWriter<byte>
{
    private ArrayBufferWriter<byte>? _buffer;
    private int? _payloadLength;
    private int _writtenDirectly;
    private bool _isDirect;
    private bool _isCompressed;
    private bool _isComplete;

    public bool IsBroken { get; private set; }

    public void Write<T>(Action<T, SerializationContext> serializer, T message, bool isCompressed)
    {
        Reset(isCompressed);
        try
        {
            serializer(message, this);
            if (!_isComplete)
            {
                throw new InvalidOperationException("The serializer returned without a call of Complete.");
            }
        }
        catch (Exception exception)
        {
            IsBroken |= _isDirect;
            throw exception is RpcException ? exception : new RpcException(new Status(
                StatusCode.Internal, $"Failed to serialize a message: {exception.Message}", exception));
        }
    }

    public override void SetPayloadLength(int payloadLength)
    {
        MessageSize.ThrowIfSentTooLarge(payloadLength, maxMessageSize);
        _payloadLength = payloadLength;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        if (_isDirect)
        {
            return this;
        }

        if (_payloadLength is { } length && !_isCompressed)
        {
            new FrameHeader(IsCompressed: false, length).Write(output);
            _isDirect = true;
            return this;
        }

        return _buffer ??= new ArrayBufferWriter<byte>();
    }

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        ThrowIfComplete();
        if (_isDirect)
        {
            throw new InvalidOperationException("The message was begun in the buffer writer.");
        }

        WritePayload(payload);
        _isComplete = true;
    }

    public override void Complete()
    {
        ThrowIfComplete();
        if (!_isDirect)
        {
            WritePayload(_buffer is null ? [] : _buffer.WrittenSpan);
        }
        else if (_writtenDirectly != _payloadLength)
        {
            throw new InvalidOperationException($"The serializer announced {_payloadLength} bytes and wrote {_writtenDirectly}.");
        }

        _isComplete = true;
    }

    void IBufferWriter<byte>.Advance(int count)
    {
        _writtenDirectly += count;
        output.Advance(count);
    }

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint) => output.GetMemory(sizeHint);

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => output.GetSpan(sizeHint);

    private void Reset(bool isCompressed)
    {
        _buffer?.ResetWrittenCount();
        _payloadLength = null;
        _writtenDirectly = 0;
        _isDirect = false;
        _isCompressed = isCompressed;
        _isComplete = false;
    }

    private void WritePayload(ReadOnlySpan<byte> payload)
    {
        MessageSize.ThrowIfSentTooLarge(payload.Length, maxMessageSize);
        var content = _isCompressed ? GzipPayload.Compress(payload) : payload;
        new FrameHeader(_isCompressed, content.Length).Write(output);
        output.Write(content);
    }

    private void ThrowIfComplete()
    {
        if (_isComplete)
        {
            throw new InvalidOperationException("The message was completed before.");
        }
    }
}
