using System.Text;

namespace Harness.Fuzz.Wire;

/// <summary>Header fields in HPACK's plainest form (RFC 7541, 6.2.2): literals without index or Huffman code.</summary>
internal static class HeaderBlock
{
    public static byte[] ForCall(string path, params (string Name, string Value)[] more) => Of(
    [
        (":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "fuzz"),
        ("content-type", "application/grpc"), ("te", "trailers"), .. more,
    ]);

    public static byte[] Of(IEnumerable<(string Name, string Value)> fields)
    {
        var block = new List<byte>();
        foreach (var (name, value) in fields)
        {
            block.Add(0);
            AddText(block, name);
            AddText(block, value);
        }

        return [.. block];
    }

    private static void AddText(List<byte> block, string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        AddLength(block, bytes.Length);
        block.AddRange(bytes);
    }

    /// <summary>An integer with a 7 bit prefix (RFC 7541, 5.1).</summary>
    private static void AddLength(List<byte> block, int length)
    {
        const int Prefix = 127;
        if (length < Prefix)
        {
            block.Add((byte)length);
            return;
        }

        block.Add(Prefix);
        for (length -= Prefix; length >= 128; length >>= 7)
        {
            block.Add((byte)(length | 0x80));
        }

        block.Add((byte)length);
    }
}
