using System.Text.Json;
using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Patching;

/// <summary>The names of a strategic merge patch's directives, and what removes them from values that are taken over as they are.</summary>
internal static class PatchDirective
{
    public const string Marker = "$patch";
    public const string RetainKeys = "$retainKeys";
    public const string DeleteFromPrimitiveList = "$deleteFromPrimitiveList/";
    public const string SetElementOrder = "$setElementOrder/";

    public const string Delete = "delete";
    public const string Merge = "merge";
    public const string Replace = "replace";

    /// <summary>The text of the object's own <c>$patch</c>, or null.</summary>
    public static string? Of(JsonObject patch) =>
        patch.TryGetPropertyValue(Marker, out var value) ? GoFormat.Of(value) : null;

    public static bool IsPrefixed(string name) =>
        name.StartsWith(DeleteFromPrimitiveList, StringComparison.Ordinal) || name.StartsWith(SetElementOrder, StringComparison.Ordinal);

    /// <summary>A copy of a value that has no counterpart in the object: without directives, and without the nulls that would remove something.</summary>
    public static JsonNode? Strip(JsonNode? value, bool keepNulls = false) => value switch
    {
        JsonObject map => StripMap(map, keepNulls),
        JsonArray list => new JsonArray([.. list.Where(item => !IsMarkerEntry(item)).Select(item => Strip(item, keepNulls))]),
        _ => value?.DeepClone(),
    };

    private static JsonObject StripMap(JsonObject map, bool keepNulls)
    {
        var result = new JsonObject();
        foreach (var (name, value) in map)
        {
            if (name is Marker or RetainKeys || IsPrefixed(name) || (value is null && !keepNulls))
            {
                continue;
            }

            result[name] = Strip(value, keepNulls);
        }

        return result;
    }

    // An entry {"$patch": "replace"} or one that deletes says something of the list and is no part of it.
    private static bool IsMarkerEntry(JsonNode? item) =>
        item is JsonObject map && map[Marker] is JsonValue value && value.GetValueKind() == JsonValueKind.String
        && (map.Count == 1 || value.GetValue<string>() == Delete);
}
