using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace Harness.Simulator.Kubernetes.Patching;

/// <summary>
/// The one entry to patching: applies a patch of any type to a JSON document. Pure: the document given is never changed, every
/// refusal is a value with the code, reason and text of the real API server. Safe to call from any thread.
/// </summary>
internal static class ObjectPatch
{
    /// <summary>Applies a patch.</summary>
    /// <param name="type">How to read the patch.</param>
    /// <param name="document">The object as it stands; left as it is.</param>
    /// <param name="patch">The request's body, UTF-8 JSON.</param>
    /// <param name="descriptor">
    /// The object's message, whose field options tell a strategic merge patch how lists merge; null (lists are replaced) for kinds without one.
    /// </param>
    public static PatchOutcome Apply(PatchType type, JsonObject document, ReadOnlyMemory<byte> patch, MessageDescriptor? descriptor) =>
        type switch
        {
            PatchType.Json => ApplyJson(document, patch),
            PatchType.Merge => ApplyMerge(document, patch),
            PatchType.Strategic => ApplyStrategic(document, patch, descriptor),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such patch type"),
        };

    private static PatchOutcome ApplyJson(JsonObject document, ReadOnlyMemory<byte> patch)
    {
        var parsed = PatchDocument.Parse(patch);
        if (parsed.Error is { } error)
        {
            return PatchOutcome.Failed(PatchFailure.BadRequest($"error decoding patch: {error}"));
        }

        return parsed.Root is JsonArray operations
            ? JsonPatch.Apply(document, operations)
            : PatchOutcome.Failed(PatchFailure.BadRequest($"error decoding patch: {parsed.WrongType("[]handlers.jsonPatchOp")}"));
    }

    private static PatchOutcome ApplyMerge(JsonObject document, ReadOnlyMemory<byte> patch)
    {
        var parsed = PatchDocument.Parse(patch);
        return parsed.ObjectError is { } error
            ? PatchOutcome.Failed(PatchFailure.BadRequest($"error decoding patch: {error}"))
            : PatchOutcome.Applied(MergePatch.Apply(document, parsed.Object));
    }

    private static PatchOutcome ApplyStrategic(JsonObject document, ReadOnlyMemory<byte> patch, MessageDescriptor? descriptor)
    {
        var parsed = PatchDocument.Parse(patch);
        return parsed.ObjectError is { } error
            ? PatchOutcome.Failed(PatchFailure.BadRequest(error))
            : StrategicMergePatch.Apply(document, parsed.Object, descriptor);
    }
}
