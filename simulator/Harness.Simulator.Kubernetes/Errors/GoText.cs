using System.Text;

namespace Harness.Simulator.Kubernetes.Errors;

/// <summary>Writes values in messages the way a Go program does.</summary>
internal static class GoText
{
    /// <summary>A string in double quotes with Go's escapes.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (Rune rune in value.EnumerateRunes())
        {
            Append(text, rune);
        }

        return text.Append('"').ToString();
    }

    private static void Append(StringBuilder text, Rune rune)
    {
        switch (rune.Value)
        {
            case '"': text.Append("\\\""); break;
            case '\\': text.Append("\\\\"); break;
            case '\a': text.Append("\\a"); break;
            case '\n': text.Append("\\n"); break;
            case '\r': text.Append("\\r"); break;
            case '\t': text.Append("\\t"); break;
            case < 0x20 or 0x7f: text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"); break;
            default: text.Append(rune.ToString()); break;
        }
    }
}
