using Harness.Fuzz.Wire;

namespace Harness.Fuzz.Cases;

/// <summary>Calls whose header fields are wrong: by their HPACK, their names, their values, their number or their size.</summary>
internal static class RandomHeaders
{
    private static readonly string[] Names =
    [
        ":method", ":scheme", ":path", ":authority", ":status", ":nonsense", "content-type", "te", "grpc-timeout", "grpc-encoding",
        "grpc-accept-encoding", "content-length", "transfer-encoding", "connection", "host", "x-any-bin", "user-agent", "X-Upper", "", " ", "vkvm-grace-period-seconds",
    ];

    private static readonly string[] Values =
    [
        "", "POST", "GET", "http", "/", "application/grpc", "application/grpc+proto", "text/html", "trailers", "1S", "99999999H", "-1n", "1", "18446744073709551616",
        "gzip", "identity,gzip", "deflate", "chunked", "====", "AAA", "\0", "\r\nx: y", "ÿ", "%00%zz",
    ];

    public static List<byte[]> Make(Random random)
    {
        var pieces = new List<byte[]> { FrameBytes.Opening() };
        for (int index = 0, stream = 1; index < random.Next(1, 8); index++, stream += 2)
        {
            AddHeaders(pieces, stream, Block(random), random);
            pieces.Add(FrameBytes.Frame(FrameBytes.Data, FrameBytes.EndStream, stream, FrameBytes.Message([])));
        }

        return pieces;
    }

    private static byte[] Block(Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                var noise = new byte[random.Next(1, 300)];
                random.NextBytes(noise);
                return noise;
            case 1:
                return HeaderBlock.Of(Enumerable.Range(0, random.Next(1, 12)).Select(_ => (Name(random), Value(random))));
            case 2:
                return HeaderBlock.ForCall(Methods.Any(random), [.. Enumerable.Range(0, random.Next(1, 300)).Select(index => ($"x-{index}", Value(random)))]);
            default:
                return HeaderBlock.ForCall(Methods.Any(random), (Name(random), Value(random)), (Name(random), Value(random)));
        }
    }

    /// <summary>In one frame, or cut into continuations, of which the last may be missing.</summary>
    private static void AddHeaders(List<byte[]> pieces, int stream, byte[] block, Random random)
    {
        if (block.Length < 16_000 && random.Next(3) > 0)
        {
            pieces.Add(FrameBytes.Frame(FrameBytes.Headers, FrameBytes.EndHeaders, stream, block));
            return;
        }

        var type = FrameBytes.Headers;
        for (var at = 0; at < block.Length;)
        {
            var length = Math.Min(block.Length - at, random.Next(1, 16_000));
            var isLast = at + length == block.Length;
            var flags = isLast && random.Next(10) > 0 ? FrameBytes.EndHeaders : (byte)0;
            pieces.Add(FrameBytes.Frame(type, flags, stream, block.AsSpan(at, length)));
            type = FrameBytes.Continuation;
            at += length;
        }
    }

    private static string Name(Random random) => Names[random.Next(Names.Length)];

    private static string Value(Random random) =>
        random.Next(6) == 0 ? new string((char)random.Next(32, 127), random.Next(5_000)) : Values[random.Next(Values.Length)];
}
