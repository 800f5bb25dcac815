using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Harness.Kubernetes.Objects.Authentication.V1;
using Harness.Kubernetes.Objects.Autoscaling.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Policy.V1;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.OpenApi;

/// <summary>
/// Every schema of the documents, in the form of OpenAPI v2 and sorted by name: of the resources, their lists, the kinds of their
/// subresources, the kinds of the API itself, and all that these refer to. Built once from a registry, then only read.
/// </summary>
internal sealed class SchemaCatalog
{
    private static readonly (string Group, string Version, MessageDescriptor Message)[] _others =
    [
        ("", "v1", DeleteOptions.Descriptor),
        ("", "v1", Status.Descriptor),
        ("", "v1", APIGroup.Descriptor),
        ("", "v1", APIGroupList.Descriptor),
        ("", "v1", APIResourceList.Descriptor),
        ("", "v1", APIVersions.Descriptor),
        ("", "v1", WatchEvent.Descriptor),
        ("autoscaling", "v1", Scale.Descriptor),
        ("policy", "v1", Eviction.Descriptor),
        ("authentication.k8s.io", "v1", TokenRequest.Descriptor),
    ];

    private readonly SortedDictionary<string, JsonObject> _schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Group, string Version, string Kind), string> _names = [];

    public SchemaCatalog(ResourceRegistry registry)
    {
        foreach (var resource in registry.All)
        {
            AddResource(resource);
        }

        foreach (var (group, version, message) in _others)
        {
            AddKind(group, version, message);
        }
    }

    /// <summary>The schemas by name.</summary>
    public IReadOnlyDictionary<string, JsonObject> Schemas => _schemas;

    /// <summary>The name of a kind's schema, or null for kinds that have none (the options of streaming subresources).</summary>
    public string? NameOf(string group, string version, string kind) => _names.GetValueOrDefault((group, version, kind));

    private static JsonObject GroupVersionKind(string group, string version, string kind) =>
        new() { ["group"] = group, ["kind"] = kind, ["version"] = version };

    private void AddResource(ApiResource resource)
    {
        if (resource.Descriptor is not { } message)
        {
            AddUndescribed(resource);
            return;
        }

        AddKind(resource.Group, resource.Version, message);
        if (message.File.FindTypeByName<MessageDescriptor>(resource.ListKind) is { } list)
        {
            AddKind(resource.Group, resource.Version, list);
        }
    }

    // Kinds that are kept as JSON documents: their fields are not known here, so nothing of them is checked.
    private void AddUndescribed(ApiResource resource)
    {
        var name = SchemaName.Of(resource);
        _names[(resource.Group, resource.Version, resource.Kind)] = name;
        _schemas[name] = new JsonObject
        {
            ["type"] = "object",
            ["x-kubernetes-group-version-kind"] = new JsonArray(GroupVersionKind(resource.Group, resource.Version, resource.Kind)),
        };
    }

    private void AddKind(string group, string version, MessageDescriptor message)
    {
        var name = SchemaName.Of(message);
        _names[(group, version, message.Name)] = name;
        var schema = MessageSchema.Of(message, isKind: true);
        schema["x-kubernetes-group-version-kind"] = new JsonArray(GroupVersionKind(group, version, message.Name));
        _schemas[name] = schema;
        AddReferenced(message);
    }

    private void AddReferenced(MessageDescriptor message)
    {
        if (MessageSchema.IsSpecial(message))
        {
            return;
        }

        foreach (var field in MessageSchema.Fields(message))
        {
            var value = field.IsMap ? field.MessageType.Fields.InDeclarationOrder()[1] : field;
            if (value.FieldType == FieldType.Message && !_schemas.ContainsKey(SchemaName.Of(value.MessageType)))
            {
                _schemas[SchemaName.Of(value.MessageType)] = MessageSchema.Of(value.MessageType, isKind: false);
                AddReferenced(value.MessageType);
            }
        }
    }
}
