using System.Text.Json;
using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables;

/// <summary>
/// Reads fields deep inside documents for the printers: a missing or differently typed step answers as the field's zero value, as an
/// unset field of a Kubernetes object does.
/// </summary>
internal static class JsonReading
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = (node as JsonObject)?[name];
        }

        return node;
    }

    /// <summary>A string field; a number reads as its text; anything else as "".</summary>
    public static string Text(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) is not JsonValue value
        ? ""
        : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    /// <summary>An integer field; 0 when unset.</summary>
    public static long Number(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.Number && long.TryParse(value.ToJsonString(), out var number) ? number : 0;

    /// <summary>A boolean field; false when unset.</summary>
    public static bool Flag(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path)?.GetValueKind() == JsonValueKind.True;

    /// <summary>The entries of a list; none when unset.</summary>
    public static JsonArray Items(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonArray ?? [];

    /// <summary>The entries of a map of strings, sorted by key as the API writes them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Pairs(this JsonNode? node, params ReadOnlySpan<string> path) =>
        (node.At(path) as JsonObject ?? []).OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Text()));

    /// <summary>A time field; null when unset or null.</summary>
    public static DateTimeOffset? Time(this JsonNode? node, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(node.Text(path), System.Globalization.CultureInfo.InvariantCulture, out var time) ? time : null;

    /// <summary>The text, or another where it is empty.</summary>
    public static string Or(this string text, string otherwise) => text.Length == 0 ? otherwise : text;
}
