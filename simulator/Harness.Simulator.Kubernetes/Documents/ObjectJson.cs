using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.Documents;

/// <summary>
/// Objects to and from their JSON, whichever way they are kept. Stateless, for any thread.
/// </summary>
internal static class ObjectJson
{
    /// <summary>The JSON of an object with kind and apiVersion first.</summary>
    public static byte[] ToUtf8(ApiResource resource, ApiObject value) => value switch
    {
        MessageObject message => KubernetesJson.ToUtf8(message.Message),
        _ => ToUtf8(ToDocument(resource, value)),
    };

    /// <summary>The JSON of an object as a document of the caller's own.</summary>
    public static JsonObject ToDocument(ApiResource resource, ApiObject value)
    {
        if (value is MessageObject message)
        {
            return KubernetesJson.ToDocument(message.Message);
        }

        var body = ((JsonDocumentObject)value).Body;
        var document = new JsonObject
        {
            ["kind"] = resource.Kind,
            ["apiVersion"] = resource.GroupVersion,
            ["metadata"] = KubernetesJson.ToDocument(value.Metadata),
        };
        foreach ((string name, JsonNode? node) in body)
        {
            document[name] = node?.DeepClone();
        }

        return document;
    }

    /// <summary>Reads an object; <paramref name="findings"/> takes unknown and duplicate fields.</summary>
    /// <exception cref="Harness.Kubernetes.Objects.KubernetesFormatException">A value is not of its field's type.</exception>
    public static ApiObject Read(ApiResource resource, ReadOnlySpan<byte> utf8, FieldFindings? findings)
    {
        if (resource.Descriptor is { } descriptor)
        {
            return new MessageObject(KubernetesJson.Read(utf8, descriptor, findings));
        }

        var document = JsonNode.Parse(utf8, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = true }) as JsonObject ?? [];
        ObjectMeta metadata = document["metadata"] is { } node ? KubernetesJson.Read<ObjectMeta>(node) : new ObjectMeta();
        document.Remove("metadata");
        document.Remove("kind");
        document.Remove("apiVersion");
        return new JsonDocumentObject(metadata, document);
    }

    /// <summary>The JSON of a document as a Go program writes it.</summary>
    public static byte[] ToUtf8(JsonNode document)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, KubernetesJson.WriterOptions))
        {
            document.WriteTo(writer);
        }

        return bytes.ToArray();
    }

    /// <summary>Parses the JSON of a message that is not an object of its own, such as delete options.</summary>
    public static T ReadMessage<T>(ReadOnlySpan<byte> utf8) where T : class, IMessage<T>, new() => KubernetesJson.Read<T>(utf8);
}
