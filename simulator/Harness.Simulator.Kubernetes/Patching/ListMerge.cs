using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Patching;

/// <summary>Merges the entries of one list for a strategic merge patch: by key for objects, as a set for scalars. Pure.</summary>
internal static class ListMerge
{
    /// <summary>The merged entries, in the order in which the API server leaves them when no order is set: new ones first.</summary>
    public static List<JsonNode?> Merge(JsonArray existing, JsonArray patch, PatchField field)
    {
        if (existing.Count == 0 && patch.Count == 0)
        {
            return [];
        }

        var first = existing.Count > 0 ? existing[0] : patch[0];
        return first is JsonObject ? MergeByKey(existing, patch, field) : MergeScalars(existing, patch);
    }

    public static List<JsonNode?> Detach(JsonArray list) => [.. list.Select(item => item?.DeepClone())];

    /// <summary>The value by which an entry is told apart.</summary>
    public static JsonNode? KeyOf(JsonNode? entry, string mergeKey) =>
        entry is JsonObject map && map.TryGetPropertyValue(mergeKey, out var value)
            ? value
            : throw StrategicPatchException.Broken(
                $"map: {GoFormat.Of(entry)} does not contain declared merge key: {mergeKey}");

    private static List<JsonNode?> MergeScalars(JsonArray existing, JsonArray patch)
    {
        var merged = new List<JsonNode?>();
        foreach (var item in existing.Concat(patch))
        {
            if (!merged.Exists(other => JsonNode.DeepEquals(other, item)))
            {
                merged.Add(item?.DeepClone());
            }
        }

        return ListOrder.Arrange(merged, patch, existing, "");
    }

    private static List<JsonNode?> MergeByKey(JsonArray existing, JsonArray patch, PatchField field)
    {
        if (field.MergeKey.Length == 0)
        {
            throw StrategicPatchException.Broken("cannot merge lists without merge key");
        }

        var kept = Detach(existing);
        var (changes, replace) = ObeyMarkers(kept, patch, field.MergeKey);
        if (replace)
        {
            return [.. changes.Select(item => PatchDirective.Strip(item))];
        }

        var merged = new List<JsonNode?>(kept);
        foreach (var change in changes)
        {
            MergeEntry(merged, change, field);
        }

        return ListOrder.Arrange(merged, changes, kept, field.MergeKey);
    }

    private static void MergeEntry(List<JsonNode?> merged, JsonObject change, PatchField field)
    {
        var key = KeyOf(change, field.MergeKey);
        var index = merged.FindIndex(entry => JsonNode.DeepEquals(KeyOf(entry, field.MergeKey), key));
        if (index < 0)
        {
            merged.Add(PatchDirective.Strip(change));
            return;
        }

        var target = (JsonObject)merged[index]!.DeepClone();
        merged[index] = StrategicMergePatch.MergeObject(target, (JsonObject)change.DeepClone(), field.Below);
    }

    // Takes the entries with $patch out of the patch, deletes what they name, and tells whether the list is replaced as a whole.
    private static (List<JsonObject> Changes, bool Replace) ObeyMarkers(List<JsonNode?> kept, JsonArray patch, string mergeKey)
    {
        var changes = new List<JsonObject>();
        var replace = false;
        foreach (var item in patch)
        {
            var entry = item as JsonObject ?? throw StrategicPatchException.Broken("a list of objects cannot merge with other values");
            switch (PatchDirective.Of(entry))
            {
                case null:
                    changes.Add(entry);
                    break;
                case PatchDirective.Delete:
                    var key = KeyOf(entry, mergeKey);
                    kept.RemoveAll(other => JsonNode.DeepEquals(KeyOf(other, mergeKey), key));
                    break;
                case PatchDirective.Replace:
                    replace = true;
                    break;
                case PatchDirective.Merge:
                    throw StrategicPatchException.Broken("merging lists cannot yet be specified in the patch");
                case var unknown:
                    throw StrategicPatchException.Broken($"unknown patch type: {unknown} in map: {GoFormat.Of(entry)}");
            }
        }

        return (changes, replace);
    }
}
