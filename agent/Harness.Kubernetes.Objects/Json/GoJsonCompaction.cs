using System.Buffers;
using System.Text;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>
/// Raw JSON as Go writes it into a document: no white space between tokens, &lt;, &gt;, &amp; and line separators escaped. Pure.
/// </summary>
internal static class GoJsonCompaction
{
    private static readonly SearchValues<byte> s_affected = SearchValues.Create([.. " \t\r\n<>&"u8, 0xE2]);

    /// <param name="json">One valid JSON value.</param>
    public static ReadOnlySpan<byte> Compact(ReadOnlySpan<byte> json)
    {
        if (json.IndexOfAny(s_affected) < 0)
        {
            return json;
        }

        var output = new ArrayBufferWriter<byte>(json.Length + 16);
        var inString = false;
        for (var i = 0; i < json.Length; i++)
        {
            i += CopyOne(json[i..], ref inString, output);
        }

        return output.WrittenSpan;
    }

    /// <summary>Copies one character and returns how many further bytes belong to it.</summary>
    private static int CopyOne(ReadOnlySpan<byte> rest, ref bool inString, ArrayBufferWriter<byte> output)
    {
        switch (rest[0])
        {
            case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' when !inString:
                return 0;
            case (byte)'<' or (byte)'>' or (byte)'&':
                output.Write(Encoding.ASCII.GetBytes($"\\u{rest[0]:x4}"));
                return 0;
            case 0xE2 when GoJsonEncoder.IsLineSeparator(rest):
                output.Write(rest[2] == 0xA8 ? "\\u2028"u8 : "\\u2029"u8);
                return 2;
            case (byte)'\\' when rest.Length > 1:
                output.Write(rest[..2]);
                return 1;
            case (byte)'"':
                inString = !inString;
                break;
        }

        output.Write(rest[..1]);
        return 0;
    }
}
