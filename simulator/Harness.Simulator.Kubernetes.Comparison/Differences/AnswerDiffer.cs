using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Comparison.Differences;

/// <summary>
/// Finds where two normalised answers differ. Answers of different codes or kinds differ as a whole; entries of lists are matched by what
/// names them, in whichever order, and by position where nothing does. Pure.
/// </summary>
internal static class AnswerDiffer
{
    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<Difference> Compare(string step, JsonObject real, JsonObject embedded)
    {
        if (Summary(real) is var one && Summary(embedded) is var other && one.Kind != other.Kind)
        {
            return [new Difference(step, "answer", one.Text, other.Text)];
        }

        var found = new List<Difference>();
        Walk(step, "", real, embedded, found);
        return found;
    }

    /// <summary>A value as compact JSON.</summary>
    public static string Text(JsonNode? node) => node?.ToJsonString(_plain) ?? "null";

    private static (string Kind, string Text) Summary(JsonObject answer)
    {
        string status = Text(answer["status"]);
        JsonNode? body = answer["body"];
        string kind = body is JsonObject document ? (document["kind"] as JsonValue)?.ToString() ?? "document" : "value";
        string more = kind == "Status" ? $" {body!["reason"]}: {body["message"]}" : body is JsonObject ? "" : $": {Text(body)}";
        return ($"{status} {kind}", $"{status} {kind}{more}");
    }

    private static void Walk(string step, string path, JsonNode? real, JsonNode? embedded, List<Difference> found)
    {
        switch (real, embedded)
        {
            case (JsonObject one, JsonObject other):
                foreach (string name in one.Select(field => field.Key).Union(other.Select(field => field.Key)))
                {
                    string at = path.Length == 0 ? name : $"{path}.{name}";
                    Field(step, at, one.ContainsKey(name), one[name], other.ContainsKey(name), other[name], found);
                }

                break;
            case (JsonArray one, JsonArray other):
                Lists(step, path, one, other, found);
                break;
            default:
                if (!JsonNode.DeepEquals(real, embedded))
                {
                    found.Add(new Difference(step, path, Text(real), Text(embedded)));
                }

                break;
        }
    }

    private static void Field(string step, string path, bool inReal, JsonNode? real, bool inEmbedded, JsonNode? embedded, List<Difference> found)
    {
        if (inReal && inEmbedded)
        {
            Walk(step, path, real, embedded, found);
            return;
        }

        found.Add(new Difference(step, path, inReal ? Text(real) : Difference.Absent, inEmbedded ? Text(embedded) : Difference.Absent));
    }

    private static void Lists(string step, string path, JsonArray real, JsonArray embedded, List<Difference> found)
    {
        List<string> ones = EntryNames.Of(real);
        List<string> others = EntryNames.Of(embedded);
        foreach (string name in ones.Union(others))
        {
            int one = ones.IndexOf(name);
            int other = others.IndexOf(name);
            Field(step, $"{path}[{name}]", one >= 0, one >= 0 ? real[one] : null, other >= 0, other >= 0 ? embedded[other] : null, found);
        }

        if (!EntryNames.IsCauses(real) && !ones.Where(others.Contains).SequenceEqual(others.Where(ones.Contains)))
        {
            found.Add(new Difference(step, $"{path}[order]", string.Join(' ', ones), string.Join(' ', others)));
        }
    }
}
