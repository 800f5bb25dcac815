namespace Harness.Simulator.Kubernetes.Comparison.Reports;

/// <summary>Texts as they may stand in a report. Pure.</summary>
internal static class MarkdownText
{
    private const int Longest = 160;

    /// <summary>The text, or its beginning where it is long.</summary>
    public static string Cut(string text) => text.Length <= Longest ? text : $"{text[..Longest]}… ({text.Length} characters)";

    /// <summary>The text as code in a cell of a table.</summary>
    public static string Code(string text) => $"`{Cut(text).Replace("|", "\\|", StringComparison.Ordinal).Replace("`", "'", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal)}`";

    /// <summary>The text as prose in a cell of a table.</summary>
    public static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
}
