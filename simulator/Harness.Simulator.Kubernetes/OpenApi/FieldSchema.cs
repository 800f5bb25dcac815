using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Harness.Kubernetes.Objects.Options;

namespace Harness.Simulator.Kubernetes.OpenApi;

/// <summary>Writes the schema of one message field in the form of OpenAPI v2. Pure.</summary>
internal static class FieldSchema
{
    /// <summary>Where references point.</summary>
    public const string ReferencePrefix = "#/definitions/";

    /// <summary>The field's schema, with how lists merge.</summary>
    public static JsonObject Of(FieldDescriptor field)
    {
        var schema = field.IsMap
            ? Map(field.MessageType.Fields.InDeclarationOrder()[1])
            : field.IsRepeated ? List(Single(field)) : Single(field);
        AddMerging(schema, field);
        return schema;
    }

    public static JsonObject Reference(string name) => new() { ["$ref"] = ReferencePrefix + name };

    public static JsonObject Primitive(string type, string? format = null)
    {
        var schema = new JsonObject { ["type"] = type };
        if (format is not null)
        {
            schema["format"] = format;
        }

        return schema;
    }

    private static JsonObject Map(FieldDescriptor value) => new() { ["type"] = "object", ["additionalProperties"] = Single(value) };

    private static JsonObject List(JsonObject item) => new() { ["type"] = "array", ["items"] = item };

    private static JsonObject Single(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => Message(field.MessageType),
        FieldType.Int32 => Primitive("integer", "int32"),
        FieldType.Int64 => Primitive("integer", "int64"),
        FieldType.Double => Primitive("number", "double"),
        FieldType.Float => Primitive("number", "float"),
        FieldType.Bool => Primitive("boolean"),
        FieldType.Bytes => Primitive("string", "byte"),
        _ => Primitive("string"),
    };

    // A message that only wraps a list (ExtraValue, Verbs) is that list in JSON.
    private static JsonObject Message(MessageDescriptor message) => IsWrappedList(message)
        ? List(Single(message.Fields.InDeclarationOrder()[0]))
        : Reference(SchemaName.Of(message));

    private static bool IsWrappedList(MessageDescriptor message) =>
        message.Fields.InDeclarationOrder() is [{ IsRepeated: true, IsMap: false, Name: "items" }] && message.Name is "ExtraValue" or "Verbs";

    private static void AddMerging(JsonObject schema, FieldDescriptor field)
    {
        var options = field.GetOptions();
        var listType = options?.GetExtension(FieldOptionsExtensions.ListType) ?? "";
        var keysStart = listType.IndexOf('(', StringComparison.Ordinal);
        if (keysStart > 0)
        {
            var keys = listType[(keysStart + 1)..^1].Split(',');
            schema["x-kubernetes-list-map-keys"] = new JsonArray([.. keys.Select(key => JsonValue.Create(key))]);
        }

        AddText(schema, "x-kubernetes-list-type", keysStart > 0 ? listType[..keysStart] : listType);
        AddText(schema, "x-kubernetes-patch-merge-key", options?.GetExtension(FieldOptionsExtensions.PatchMergeKey) ?? "");
        AddText(schema, "x-kubernetes-patch-strategy", options?.GetExtension(FieldOptionsExtensions.PatchStrategy) ?? "");
    }

    private static void AddText(JsonObject schema, string name, string text)
    {
        if (text.Length > 0)
        {
            schema[name] = text;
        }
    }
}
