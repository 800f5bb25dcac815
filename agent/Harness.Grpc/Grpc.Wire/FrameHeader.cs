using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>The five bytes before each message: compressed or not, and the length of what follows. An immutable value.</summary>
internal readonly record struct FrameHeader(bool IsCompressed, int Length)
{
    public const int Size = 5;

    /// <summary>False when there are not enough bytes yet. Throws INTERNAL when they cannot be a header.</summary>
    public static bool TryRead(in ReadOnlySequence<byte> buffer, out FrameHeader header)
    {
        header = default;
        if (buffer.Length < Size)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[Size];
        buffer.Slice(0, Size).CopyTo(bytes);
        if (bytes[0] > 1)
        {
            throw new RpcException(new Status(StatusCode.Internal, $"Unexpected compressed flag {bytes[0]} in message header."));
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]);
        if (length > int.MaxValue)
        {
            throw new RpcException(new Status(StatusCode.ResourceExhausted, $"Received message of {length} bytes: more than can be held."));
        }

        header = new FrameHeader(bytes[0] == 1, (int)length);
        return true;
    }

    public void Write(IBufferWriter<byte> output)
    {
        var span = output.GetSpan(Size);
        span[0] = IsCompressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)Length);
        output.Advance(Size);
    }
}
