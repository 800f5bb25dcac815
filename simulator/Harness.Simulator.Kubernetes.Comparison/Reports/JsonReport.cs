using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Harness.Simulator.Kubernetes.Comparison.Differences;

namespace Harness.Simulator.Kubernetes.Comparison.Reports;

/// <summary>Writes a comparison as JSON, a line for each difference. Pure.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(ComparisonResult comparison)
    {
        List<DifferenceRule> rules = [.. comparison.All.Select(one => one.Rule).OfType<DifferenceRule>().Distinct()];
        var text = new StringBuilder("{\n");
        Line(text, "date", comparison.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Line(text, "real", comparison.RealVersion);
        Line(text, "embedded", comparison.EmbeddedVersion);
        Line(text, "requests", comparison.Chapters.Sum(chapter => chapter.Requests));
        Line(text, "alike", comparison.Chapters.Sum(chapter => chapter.Alike));
        Line(text, "open", comparison.Open.Count);
        text.Append("\"reasons\":[\n")
            .AppendJoin(",\n", rules.Select(rule => Json(new { @class = ClassNames.Of(rule.Class), since = rule.Since, reason = rule.Reason })))
            .Append("\n],\n\"differences\":[\n")
            .AppendJoin(",\n", comparison.All.Select(one => Entry(one, rules)))
            .Append("\n]\n}\n");
        return text.ToString();
    }

    private static string Entry(ClassifiedDifference one, List<DifferenceRule> rules) => Json(new
    {
        step = one.Difference.Step,
        path = one.Difference.Path,
        real = MarkdownText.Cut(one.Difference.Real),
        embedded = MarkdownText.Cut(one.Difference.Embedded),
        @class = ClassNames.Of(one.Class),
        reason = one.Rule is null ? -1 : rules.IndexOf(one.Rule),
    });

    private static void Line(StringBuilder text, string name, object value) => text.Append(Json(name)).Append(':').Append(Json(value)).Append(",\n");

    private static string Json(object value) => JsonSerializer.Serialize(value, _plain);
}
