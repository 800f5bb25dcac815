using System.Text.RegularExpressions;

namespace Harness.Simulator.Kubernetes.Comparison.Differences;

/// <summary>Matches texts against patterns in which <c>*</c> stands for any text. Pure.</summary>
internal static class TextPattern
{
    public static bool Matches(string pattern, string text) => pattern == "*"
        || Regex.IsMatch(text, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.Singleline | RegexOptions.CultureInvariant);
}
