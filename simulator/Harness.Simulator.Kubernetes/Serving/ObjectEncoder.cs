using System.Text.Json.Nodes;
using Google.Protobuf;
using Harness.Kubernetes.Objects;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Protobuf;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Operations;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>
/// The bytes of stored objects in the form that a resource shows. Bytes of objects that are shown as they are stored are kept with them.
/// Stateless.
/// </summary>
internal static class ObjectEncoder
{
    /// <summary>JSON with kind and apiVersion first, without a newline.</summary>
    public static ReadOnlyMemory<byte> Json(ApiResource shown, StoredObject stored) => shown.StoredAs is null
        ? stored.Encoded(ObjectEncoding.Json, one => ObjectJson.ToUtf8(one.Resource, one.Value))
        : ObjectJson.ToUtf8(shown, EventForms.ToShown(shown, stored.Value));

    /// <summary>Protobuf with its envelope.</summary>
    public static ReadOnlyMemory<byte> Protobuf(ApiResource shown, StoredObject stored) => shown.StoredAs is null
        ? stored.Encoded(ObjectEncoding.Protobuf, one => KubernetesProtobuf.Encode(((MessageObject)one.Value).Message))
        : KubernetesProtobuf.Encode(Message(shown, stored));

    /// <summary>The message that the resource shows; not to be changed.</summary>
    public static IMessage Message(ApiResource shown, StoredObject stored) => ((MessageObject)EventForms.ToShown(shown, stored.Value)).Message;

    /// <summary>A document of the caller's own.</summary>
    public static JsonObject Document(ApiResource shown, StoredObject stored) => ObjectJson.ToDocument(shown, EventForms.ToShown(shown, stored.Value));

    /// <summary>The metadata alone. An annotation that stands for a field of the spec is not among it.</summary>
    public static PartialObjectMetadata Partial(StoredObject stored)
    {
        if (!stored.Metadata.Annotations.ContainsKey(WellKnown.TemplateGeneration))
        {
            return new PartialObjectMetadata { Metadata = stored.Metadata };
        }

        var partial = new PartialObjectMetadata { Metadata = stored.Metadata.Clone() };
        partial.Metadata.Annotations.Remove(WellKnown.TemplateGeneration);
        return partial;
    }

    /// <summary>The bytes before an object's metadata, which the items of a list do not have.</summary>
    public static int TypeLength(ApiResource shown) => "{\"kind\":\"\",\"apiVersion\":\"\",".Length + shown.Kind.Length + shown.GroupVersion.Length;

    /// <summary>A message of a kind in the media type that was asked for.</summary>
    public static byte[] OfMessage(IMessage message, Negotiation negotiation, KubernetesKind? kind = null) => negotiation.Media switch
    {
        MediaType.Protobuf => KubernetesProtobuf.Encode(message, kind),
        MediaType.Yaml => YamlText.Write(KubernetesJson.ToDocument(message, new KubernetesJsonOptions { Kind = kind })),
        _ => negotiation.IsPretty
            ? PrettyJson.Write(KubernetesJson.ToUtf8(message, new KubernetesJsonOptions { Kind = kind }))
            : [.. KubernetesJson.ToUtf8(message, new KubernetesJsonOptions { Kind = kind }), (byte)'\n'],
    };

    /// <summary>A document in the media type that was asked for; there is no protobuf of it.</summary>
    public static byte[] OfDocument(JsonNode document, Negotiation negotiation) => negotiation.Media == MediaType.Yaml
        ? YamlText.Write(document)
        : OfJson(ObjectJson.ToUtf8(document), negotiation);

    /// <summary>JSON as it is sent: with a newline at its end, or over many lines.</summary>
    public static byte[] OfJson(ReadOnlyMemory<byte> json, Negotiation negotiation) => negotiation.Media == MediaType.Yaml
        ? YamlText.Write(JsonNode.Parse(json.Span)!)
        : negotiation.IsPretty ? PrettyJson.Write(json.Span) : [.. json.Span, (byte)'\n'];
}
