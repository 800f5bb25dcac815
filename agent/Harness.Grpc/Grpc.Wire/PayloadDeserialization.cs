using System.Buffers;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>One received message, for its deserializer. Valid while the receive buffer is.</summary>
internal sealed class PayloadDeserialization(ReadOnlySequence<byte> payload) : DeserializationContext
{
    public PayloadDeserialization(byte[] payload)
        : this(new ReadOnlySequence<byte>(payload))
    {
    }

    public override int PayloadLength => checked((int)payload.Length);

    public override byte[] PayloadAsNewBuffer() => payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => payload;
}
