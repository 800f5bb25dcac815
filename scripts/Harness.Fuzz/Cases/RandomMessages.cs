using System.Text;
using Harness.Fuzz.Wire;

namespace Harness.Fuzz.Cases;

/// <summary>Good calls with messages that are not: by their gRPC framing, or by their protobuf bytes.</summary>
internal static class RandomMessages
{
    private const int WireTypes = 8;

    public static List<byte[]> BrokenFraming(Random random)
    {
        var content = new List<byte>();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var message = FrameBytes.Message(Protobuf(random, depth: 2));
            switch (random.Next(4))
            {
                case 0:
                    message[0] = (byte)random.Next(256);
                    break;
                case 1:
                    FrameBytes.Number(random.Next(2) == 0 ? random.Next() : -random.Next()).CopyTo(message, 1);
                    break;
                case 2:
                    message = message[..random.Next(message.Length)];
                    break;
            }

            content.AddRange(message);
        }

        return Send([.. content], random);
    }

    public static List<byte[]> BrokenContent(Random random)
    {
        var content = Protobuf(random, depth: random.Next(1, 6));
        if (content.Length > 0 && random.Next(2) == 0)
        {
            content[random.Next(content.Length)] = (byte)random.Next(256);
        }

        return Send(FrameBytes.Message(content), random);
    }

    /// <summary>Fields with numbers that the contract's messages use, of any wire type, nested.</summary>
    public static byte[] Protobuf(Random random, int depth)
    {
        var bytes = new List<byte>();
        for (var count = random.Next(0, 8); count > 0; count--)
        {
            var type = random.Next(20) == 0 ? random.Next(WireTypes) : depth > 0 ? 2 : 0;
            AddVarint(bytes, ((ulong)random.Next(1, random.Next(10) == 0 ? 100_000 : 20) << 3) | (uint)type);
            AddValue(bytes, type, random, depth);
        }

        return [.. bytes];
    }

    private static void AddValue(List<byte> bytes, int type, Random random, int depth)
    {
        switch (type)
        {
            case 0:
                AddVarint(bytes, (ulong)random.NextInt64(long.MinValue, long.MaxValue));
                break;
            case 1:
                bytes.AddRange(BitConverter.GetBytes(random.NextInt64()));
                break;
            case 2:
                var content = random.Next(3) == 0 ? Encoding.UTF8.GetBytes(Text(random)) : Protobuf(random, depth - 1);
                AddVarint(bytes, random.Next(50) == 0 ? (ulong)random.NextInt64() : (ulong)content.Length);
                bytes.AddRange(content);
                break;
            case 5:
                bytes.AddRange(BitConverter.GetBytes(random.Next()));
                break;
        }
    }

    private static string Text(Random random) =>
        random.Next(3) switch { 0 => "", 1 => new string('ä', random.Next(100)), _ => new string((char)random.Next(1, 0xd800), random.Next(20)) };

    private static void AddVarint(List<byte> bytes, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
    }

    /// <summary>Over one call, cut into DATA frames anywhere.</summary>
    private static List<byte[]> Send(byte[] content, Random random)
    {
        var pieces = new List<byte[]> { FrameBytes.Opening(), FrameBytes.Call(1, Methods.Any(random)) };
        for (var at = 0; at < content.Length;)
        {
            var length = Math.Min(content.Length - at, random.Next(1, 8_000));
            pieces.Add(FrameBytes.Frame(FrameBytes.Data, 0, 1, content.AsSpan(at, length)));
            at += length;
        }

        pieces.Add(FrameBytes.Frame(FrameBytes.Data, FrameBytes.EndStream, 1, []));
        return pieces;
    }
}
