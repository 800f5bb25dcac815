using System.Buffers.Binary;

namespace Harness.Fuzz.Wire;

/// <summary>HTTP/2 and gRPC frames as bytes (RFC 9113; "gRPC over HTTP/2"), good ones and others.</summary>
internal static class FrameBytes
{
    public const byte Data = 0x0;
    public const byte Headers = 0x1;
    public const byte ResetStream = 0x3;
    public const byte Settings = 0x4;
    public const byte Ping = 0x6;
    public const byte GoAway = 0x7;
    public const byte WindowUpdate = 0x8;
    public const byte Continuation = 0x9;

    public const byte EndStream = 0x1;
    public const byte Ack = 0x1;
    public const byte EndHeaders = 0x4;

    public const int HeaderBytes = 9;
    public const int Http2Cancel = 0x8;

    public static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    public static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[HeaderBytes + payload.Length];
        frame[0] = (byte)(payload.Length >> 16);
        frame[1] = (byte)(payload.Length >> 8);
        frame[2] = (byte)payload.Length;
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(HeaderBytes));
        return frame;
    }

    public static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>What every connection begins with.</summary>
    public static byte[] Opening() => [.. Preface, .. Frame(Settings, 0, 0, [])];

    /// <summary>The headers of a call.</summary>
    public static byte[] Call(int stream, string path, byte flags = EndHeaders) =>
        Frame(Headers, flags, stream, HeaderBlock.ForCall(path));

    /// <summary>A message behind its gRPC header.</summary>
    public static byte[] Message(ReadOnlySpan<byte> content) => [0, .. Number(content.Length), .. content];
}
