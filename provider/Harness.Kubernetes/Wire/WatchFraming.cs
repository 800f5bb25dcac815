using System.Buffers;
using System.Buffers.Binary;

namespace Harness.Kubernetes.Wire;

/// <summary>
/// Cuts a watch's bytes into events: JSON ends each with a newline, protobuf puts its length (4 bytes, big-endian) in front. Pure.
/// </summary>
internal static class WatchFraming
{
    private const int PrefixLength = 4;

    /// <summary>Takes the next whole event off the front of <paramref name="buffer"/>.</summary>
    public static bool TryRead(bool isProtobuf, ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame) =>
        isProtobuf ? TryReadPrefixed(ref buffer, out frame) : TryReadLine(ref buffer, out frame);

    private static bool TryReadPrefixed(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame)
    {
        frame = default;
        if (buffer.Length < PrefixLength)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[PrefixLength];
        buffer.Slice(0, PrefixLength).CopyTo(prefix);
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix);
        if (buffer.Length < PrefixLength + (long)length)
        {
            return false;
        }

        frame = buffer.Slice(PrefixLength, length);
        buffer = buffer.Slice(PrefixLength + (long)length);
        return true;
    }

    private static bool TryReadLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame)
    {
        while (buffer.PositionOf((byte)'\n') is { } newline)
        {
            frame = buffer.Slice(0, newline);
            buffer = buffer.Slice(buffer.GetPosition(1, newline));
            if (!frame.IsEmpty)
            {
                return true;
            }
        }

        frame = default;
        return false;
    }
}
