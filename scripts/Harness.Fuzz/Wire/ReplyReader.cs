using System.Buffers.Binary;

namespace Harness.Fuzz.Wire;

/// <summary>Reads what a server sends on one connection, frame by frame, and keeps what tells how it took its client. Used by one thread.</summary>
internal sealed class ReplyReader
{
    private static readonly string[] ErrorNames =
    [
        "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR",
        "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
    ];

    private readonly List<byte> _rest = [];

    public long Frames { get; private set; }

    public long Resets { get; private set; }

    /// <summary>The error of the last GOAWAY, by name, or null.</summary>
    public string? GoAway { get; private set; }

    public void Read(ReadOnlySpan<byte> bytes)
    {
        _rest.AddRange(bytes);
        var at = 0;
        while (_rest.Count - at >= FrameBytes.HeaderBytes)
        {
            var length = (_rest[at] << 16) | (_rest[at + 1] << 8) | _rest[at + 2];
            if (_rest.Count - at < FrameBytes.HeaderBytes + length)
            {
                break;
            }

            Take(_rest[at + 3], _rest.GetRange(at + FrameBytes.HeaderBytes, Math.Min(length, 8)).ToArray());
            at += FrameBytes.HeaderBytes + length;
        }

        _rest.RemoveRange(0, at);
    }

    private void Take(byte type, byte[] payload)
    {
        Frames++;
        if (type == FrameBytes.ResetStream)
        {
            Resets++;
        }

        if (type == FrameBytes.GoAway && payload.Length == 8)
        {
            var code = BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(4));
            GoAway = code < ErrorNames.Length ? ErrorNames[code] : $"error {code}";
        }
    }
}
