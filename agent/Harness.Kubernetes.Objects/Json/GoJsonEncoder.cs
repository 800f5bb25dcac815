using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>
/// The string escapes of Go's encoding/json, which Kubernetes' API server writes: quotes, backslashes and control characters, beside
/// &lt;, &gt;, &amp; and the two line separators U+2028 and U+2029. All else stays UTF-8. Stateless, safe from any thread.
/// </summary>
public sealed unsafe class GoJsonEncoder : JavaScriptEncoder
{
    private const string Escaped = "\"\\<>&\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f";

    private static readonly SearchValues<char> s_escaped = SearchValues.Create(Escaped + "\u2028\u2029");
    private static readonly SearchValues<byte> s_escapedBytes = SearchValues.Create([.. Encoding.ASCII.GetBytes(Escaped), 0xE2]);

    private GoJsonEncoder()
    {
    }

    /// <summary>The one instance.</summary>
    public static GoJsonEncoder Instance { get; } = new();

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => 6;

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncode(char* text, int textLength) =>
        new ReadOnlySpan<char>(text, textLength).IndexOfAny(s_escaped);

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        var start = 0;
        while (utf8Text[start..].IndexOfAny(s_escapedBytes) is >= 0 and var found)
        {
            var index = start + found;
            if (utf8Text[index] != 0xE2 || IsLineSeparator(utf8Text[index..]))
            {
                return index;
            }

            start = index + 1;
        }

        return -1;
    }

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\' or '<' or '>' or '&' or 0x2028 or 0x2029;

    /// <inheritdoc/>
    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var output = new Span<char>(buffer, bufferLength);
        if (!WillEncode(unicodeScalar))
        {
            return new Rune(unicodeScalar).TryEncodeToUtf16(output, out numberOfCharactersWritten);
        }

        var letter = ShortEscape(unicodeScalar);
        if (letter == '\0')
        {
            return output.TryWrite($"\\u{unicodeScalar:x4}", out numberOfCharactersWritten);
        }

        numberOfCharactersWritten = bufferLength < 2 ? 0 : 2;
        if (bufferLength < 2)
        {
            return false;
        }

        output[0] = '\\';
        output[1] = letter;
        return true;
    }

    /// <summary>Whether the UTF-8 text begins with U+2028 or U+2029.</summary>
    internal static bool IsLineSeparator(ReadOnlySpan<byte> utf8) => utf8 is [0xE2, 0x80, 0xA8 or 0xA9, ..];

    private static char ShortEscape(int scalar) => scalar switch
    {
        '"' => '"',
        '\\' => '\\',
        '\b' => 'b',
        '\f' => 'f',
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        _ => '\0',
    };
}
