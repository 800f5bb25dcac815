using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Grpc.Tests.Hosting;

/// <summary>Cuts one direction of an HTTP/2 connection into frames. Used by one thread.</summary>
internal sealed class WireFrameReader(int connection, bool isFromClient, ConcurrentQueue<WireFrame> frames)
{
    private const int HeaderBytes = 9;
    private const int PrefaceBytes = 24;
    private const byte PaddedFlag = 0x8;

    private readonly List<byte> _rest = [];
    private bool _isPrefaceRead = !isFromClient;

    public void Read(ReadOnlySpan<byte> bytes)
    {
        _rest.AddRange(bytes);
        if (!_isPrefaceRead && _rest.Count >= PrefaceBytes)
        {
            _rest.RemoveRange(0, PrefaceBytes);
            _isPrefaceRead = true;
        }

        while (_isPrefaceRead && TryTake(out var frame))
        {
            frames.Enqueue(frame);
        }
    }

    private bool TryTake(out WireFrame frame)
    {
        frame = null!;
        if (_rest.Count < HeaderBytes)
        {
            return false;
        }

        byte[] header = [.. _rest.Take(HeaderBytes)];
        var length = (header[0] << 16) | (header[1] << 8) | header[2];
        if (_rest.Count < HeaderBytes + length)
        {
            return false;
        }

        var payload = _rest.GetRange(HeaderBytes, length).ToArray();
        if (header[3] == WireFrame.Data && (header[4] & PaddedFlag) != 0)
        {
            payload = payload[1..^payload[0]];
        }

        frame = new WireFrame(
            connection, isFromClient, header[3], header[4], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)) & int.MaxValue, payload);
        _rest.RemoveRange(0, HeaderBytes + length);
        return true;
    }
}
