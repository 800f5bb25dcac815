using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Comparison.Differences;

/// <summary>Names the entries of a list, so that two lists can be matched entry by entry. Pure.</summary>
internal static class EntryNames
{
    private static readonly string[] _fields = ["name", "groupVersion", "type", "key", "mountPath", "containerPort", "port", "ip", "kind", "version"];

    /// <summary>A name for each entry, all different: what the first field that names them all says, else the position.</summary>
    public static List<string> Of(JsonArray list)
    {
        if (list.Count > 0 && list.All(item => item is JsonValue value && value.GetValueKind() == JsonValueKind.String) && Distinct(Texts(list)) is { } texts)
        {
            return texts;
        }

        return IsCauses(list) ? Causes(list) : list.Count > 0 && list.All(item => item is JsonObject)
            ? _fields.Select(field => Distinct(Values(list, field))).FirstOrDefault(names => names is not null) ?? Positions(list)
            : Positions(list);
    }

    /// <summary>Whether the entries are the causes of a refusal, whose order says nothing.</summary>
    public static bool IsCauses(JsonArray list) => list.Count > 0 && list.All(item => item is JsonObject cause && cause.ContainsKey("field") && cause.ContainsKey("reason"));

    private static List<string> Causes(JsonArray list)
    {
        var counts = new Dictionary<string, int>();
        return [.. list.Select(item => item!["field"]!.ToString()).Select(field =>
            (counts[field] = counts.GetValueOrDefault(field) + 1) is > 1 and var count ? $"{field} #{count}" : field)];
    }

    private static List<string> Texts(JsonArray list) => [.. list.Select(item => item!.GetValue<string>())];

    private static List<string>? Values(JsonArray list, string field)
    {
        List<string> names = [.. list.Select(item => Name(item!.AsObject(), field)).OfType<string>()];
        return names.Count == list.Count ? names : null;
    }

    private static string? Name(JsonObject item, string field) => field == "name" && item["metadata"] is JsonObject metadata
        ? $"{metadata["namespace"]}{(metadata.ContainsKey("namespace") ? "/" : "")}{metadata["name"]}"
        : (item[field] as JsonValue)?.ToString();

    private static List<string>? Distinct(List<string>? names) => names is not null && names.Distinct().Count() == names.Count ? names : null;

    private static List<string> Positions(JsonArray list) => [.. Enumerable.Range(0, list.Count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
}
