using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace Harness.Simulator.Kubernetes.Patching;

/// <summary>
/// Kubernetes' strategic merge patch: like a merge patch, but lists merge by key where the schema says so, and directives in the patch
/// replace, delete, order and retain. Behaviour, order of entries and texts of errors are those of the real API server. Pure.
/// </summary>
internal static class StrategicMergePatch
{
    public static PatchOutcome Apply(JsonObject document, JsonObject patch, MessageDescriptor? descriptor)
    {
        try
        {
            var target = (JsonObject)document.DeepClone();
            var change = (JsonObject)patch.DeepClone();
            return PatchOutcome.Applied(MergeObject(target, change, PatchSchema.Of(descriptor)));
        }
        catch (StrategicPatchException exception)
        {
            return PatchOutcome.Failed(exception.Failure);
        }
    }

    /// <summary>Merges one object; both arguments are consumed.</summary>
    internal static JsonObject MergeObject(JsonObject target, JsonObject patch, PatchSchema schema)
    {
        if (PatchDirective.Of(patch) is { } directive)
        {
            return ObeyMarker(directive, patch);
        }

        ObeyRetainKeys(target, patch);
        foreach (var name in NamesWithPrefix(patch, PatchDirective.SetElementOrder))
        {
            MergeOrderedList(target, patch, name, schema);
        }

        foreach (var name in patch.Select(entry => entry.Key).ToArray())
        {
            if (name.StartsWith(PatchDirective.DeleteFromPrimitiveList, StringComparison.Ordinal))
            {
                DeleteScalars(target, name[PatchDirective.DeleteFromPrimitiveList.Length..], patch[name]);
            }
            else
            {
                MergeField(target, name, patch[name], schema.Field(name));
            }
        }

        return target;
    }

    private static JsonObject ObeyMarker(string directive, JsonObject patch)
    {
        switch (directive)
        {
            case PatchDirective.Replace:
                patch.Remove(PatchDirective.Marker);
                return (JsonObject)patch.DeepClone();
            case PatchDirective.Delete:
                return [];
            default:
                throw StrategicPatchException.Broken($"unknown patch type: {directive} in map: {GoFormat.Of(patch)}");
        }
    }

    private static void ObeyRetainKeys(JsonObject target, JsonObject patch)
    {
        if (!patch.TryGetPropertyValue(PatchDirective.RetainKeys, out var value))
        {
            return;
        }

        patch.Remove(PatchDirective.RetainKeys);
        if (value is not JsonArray keys)
        {
            throw StrategicPatchException.BadFormat("retainKeys");
        }

        var retained = keys.Select(GoFormat.Of).ToHashSet(StringComparer.Ordinal);
        if (patch.Any(entry => entry.Value is not null && !PatchDirective.IsPrefixed(entry.Key) && !retained.Contains(entry.Key)))
        {
            throw StrategicPatchException.BadFormat("retainKeys");
        }

        foreach (var name in target.Select(entry => entry.Key).Where(name => !retained.Contains(name)).ToArray())
        {
            target.Remove(name);
        }
    }

    private static void MergeOrderedList(JsonObject target, JsonObject patch, string directive, PatchSchema schema)
    {
        var name = directive[PatchDirective.SetElementOrder.Length..];
        var order = patch[directive] as JsonArray ?? throw StrategicPatchException.BadFormat("setElementOrder list");
        patch.Remove(directive);
        var field = schema.Field(name);
        var existing = target[name] as JsonArray;
        var change = patch[name] as JsonArray;
        ListOrder.Check(change, order, field.MergeKey);
        if (existing is null && change is null)
        {
            return;
        }

        patch.Remove(name);
        var merged = (existing, change) switch
        {
            (not null, null) => ListMerge.Detach(existing),
            (null, not null) => ListMerge.Detach((JsonArray)PatchDirective.Strip(change)!),
            _ => field.Merges ? ListMerge.Merge(existing!, change!, field) : ListMerge.Detach((JsonArray)PatchDirective.Strip(change)!),
        };
        target[name] = new JsonArray([.. ListOrder.Arrange(merged, order, existing, field.MergeKey).Select(item => item?.DeepClone())]);
    }

    private static void DeleteScalars(JsonObject target, string name, JsonNode? values)
    {
        if (values is not JsonArray unwanted)
        {
            throw StrategicPatchException.BadFormat("primitive list");
        }

        if (target[name] is JsonArray existing)
        {
            target[name] = new JsonArray([.. existing
                .Where(item => !unwanted.Any(other => JsonNode.DeepEquals(item, other))).Select(item => item?.DeepClone())]);
        }
    }

    private static void MergeField(JsonObject target, string name, JsonNode? change, PatchField field)
    {
        if (change is null)
        {
            target.Remove(name);
            return;
        }

        target[name] = (target[name], change) switch
        {
            (JsonObject existing, JsonObject map) when !field.Replaces =>
                MergeObject((JsonObject)existing.DeepClone(), (JsonObject)map.DeepClone(), field.Below),
            (JsonArray existing, JsonArray list) when field.Merges =>
                new JsonArray([.. ListMerge.Merge(existing, list, field).Select(item => item?.DeepClone())]),
            _ => PatchDirective.Strip(change),
        };
    }

    private static string[] NamesWithPrefix(JsonObject patch, string prefix) =>
        [.. patch.Select(entry => entry.Key).Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
}
