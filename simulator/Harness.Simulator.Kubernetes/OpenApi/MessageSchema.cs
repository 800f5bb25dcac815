using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Harness.Kubernetes.Objects.Options;

namespace Harness.Simulator.Kubernetes.OpenApi;

/// <summary>
/// Writes the schema of one message in the form of OpenAPI v2; messages whose JSON is no object of their fields have a schema of their own. Pure.
/// </summary>
internal static class MessageSchema
{
    // Objects that are owned as a whole, never field by field; kept with what server-side apply needs to know.
    private static readonly FrozenSet<string> _atomic = new[]
    {
        "ConfigMapKeySelector", "FileKeySelector", "LabelSelector", "LocalObjectReference", "NodeSelector", "NodeSelectorTerm", "ObjectFieldSelector",
        "ObjectReference", "OwnerReference", "ResourceFieldSelector", "RoleRef", "ScopeSelector", "SecretKeySelector", "SecretReference", "Subject",
        "TopologySelectorTerm", "TypedLocalObjectReference",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static JsonObject Of(MessageDescriptor message, bool isKind)
    {
        var schema = new JsonObject();
        if (SchemaDescriptions.Of(message) is { } description)
        {
            schema["description"] = description;
        }

        if (Special(message) is { } special)
        {
            foreach (var (name, value) in special)
            {
                schema[name] = value?.DeepClone();
            }

            return schema;
        }

        schema["type"] = "object";
        AddFields(schema, message, isKind);
        if (_atomic.Contains(message.Name))
        {
            schema["x-kubernetes-map-type"] = "atomic";
        }

        return schema;
    }

    /// <summary>All fields that stand in the message's JSON object, those of inlined messages among them.</summary>
    public static IEnumerable<FieldDescriptor> Fields(MessageDescriptor message) =>
        message.Fields.InDeclarationOrder().SelectMany(field =>
            field.GetOptions()?.GetExtension(FieldOptionsExtensions.JsonInline) == true ? Fields(field.MessageType) : [field]);

    /// <summary>Whether the message's JSON is not an object of its fields.</summary>
    public static bool IsSpecial(MessageDescriptor message) => Special(message) is not null;

    private static JsonObject? Special(MessageDescriptor message) => message.Name switch
    {
        "Quantity" => FieldSchema.Primitive("string"),
        "IntOrString" => FieldSchema.Primitive("string", "int-or-string"),
        "Time" or "MicroTime" => FieldSchema.Primitive("string", "date-time"),
        "RawExtension" or "FieldsV1" => FieldSchema.Primitive("object"),
        _ => null,
    };

    private static void AddFields(JsonObject schema, MessageDescriptor message, bool isKind)
    {
        var properties = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        var required = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var field in Fields(message))
        {
            properties[field.JsonName] = Described(FieldSchema.Of(field), message, field);
            if (RequiredFields.Contains(field))
            {
                required.Add(field.JsonName);
            }
        }

        if (isKind)
        {
            properties["apiVersion"] = Described(FieldSchema.Primitive("string"), SchemaDescriptions.ApiVersion);
            properties["kind"] = Described(FieldSchema.Primitive("string"), SchemaDescriptions.Kind);
        }

        if (required.Count > 0)
        {
            schema["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(name))]);
        }

        schema["properties"] = new JsonObject(properties.Select(entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, entry.Value)));
    }

    private static JsonObject Described(JsonObject schema, MessageDescriptor message, FieldDescriptor field) =>
        Described(schema, SchemaDescriptions.Of(message, field));

    private static JsonObject Described(JsonObject schema, string? description)
    {
        if (description is not null)
        {
            schema.Insert(0, "description", description);
        }

        return schema;
    }
}
