using System.Buffers;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Collects one message in memory, for callers that want it as an array. Used once, by one thread.</summary>
internal sealed class BufferedSerialization : SerializationContext
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private byte[]? _payload;

    public static byte[] ToArray<T>(Action<T, SerializationContext> serializer, T message)
    {
        var context = new BufferedSerialization();
        serializer(message, context);
        return context._payload ?? throw new InvalidOperationException("The serializer returned without a call of Complete.");
    }

    public override void Complete(byte[] payload) => _payload = payload;

    public override void SetPayloadLength(int payloadLength)
    {
    }

    public override IBufferWriter<byte> GetBufferWriter() => _buffer;

    public override void Complete() => _payload = _buffer.WrittenSpan.ToArray();
}
