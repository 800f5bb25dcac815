using System.Text.Json;
using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Patching;

/// <summary>JSON patch, RFC 6902: all operations or none. Pure; the text of a refusal is the API server's, which tells nothing.</summary>
internal static class JsonPatch
{
    private const int OperationLimit = 10_000;

    public static PatchOutcome Apply(JsonObject document, JsonArray operations)
    {
        if (operations.Count > OperationLimit)
        {
            return PatchOutcome.Failed(PatchFailure.TooManyOperations(OperationLimit, operations.Count));
        }

        JsonNode? root = document.DeepClone();
        foreach (var operation in operations)
        {
            if (operation is not JsonObject fields || !TryApply(ref root, fields))
            {
                return PatchOutcome.Failed(PatchFailure.DoesNotApply());
            }
        }

        return root is JsonObject result ? PatchOutcome.Applied(result) : PatchOutcome.Failed(PatchFailure.DoesNotApply());
    }

    private static bool TryApply(ref JsonNode? root, JsonObject operation)
    {
        var path = JsonPointer.Parse(TextOf(operation, "path"));
        if (path is null || root is null)
        {
            return false;
        }

        return TextOf(operation, "op") switch
        {
            "add" => operation.ContainsKey("value") && TryAdd(ref root, path, operation["value"]),
            "replace" => operation.ContainsKey("value") && TryReplace(ref root, path, operation["value"]),
            "remove" => path.TryRemove(root),
            "test" => Test(root, path, operation["value"]),
            "move" => TryMove(ref root, path, TextOf(operation, "from")),
            "copy" => TryCopy(ref root, path, TextOf(operation, "from")),
            _ => false,
        };
    }

    private static bool TryAdd(ref JsonNode root, JsonPointer path, JsonNode? value)
    {
        if (path.IsRoot && value is not null)
        {
            root = value.DeepClone();
            return true;
        }

        return path.TryAdd(root, value?.DeepClone());
    }

    private static bool TryReplace(ref JsonNode root, JsonPointer path, JsonNode? value) =>
        path.IsRoot ? TryAdd(ref root, path, value) : path.TryReplace(root, value?.DeepClone());

    private static bool TryMove(ref JsonNode root, JsonPointer path, string? from)
    {
        if (JsonPointer.Parse(from) is not { } source || !source.TryGet(root, out var value))
        {
            return false;
        }

        var moved = value?.DeepClone();
        return source.TryRemove(root) && TryAdd(ref root, path, moved);
    }

    private static bool TryCopy(ref JsonNode root, JsonPointer path, string? from) =>
        JsonPointer.Parse(from) is { } source && source.TryGet(root, out var value) && TryAdd(ref root, path, value);

    // An absent value equals null: the library under the API server says so.
    private static bool Test(JsonNode root, JsonPointer path, JsonNode? expected) =>
        path.TryGet(root, out var actual) ? JsonNode.DeepEquals(actual, expected) : expected is null;

    private static string? TextOf(JsonObject operation, string name) =>
        operation[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
