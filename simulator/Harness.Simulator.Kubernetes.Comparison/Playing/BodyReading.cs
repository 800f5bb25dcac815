using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harness.Kubernetes.Objects;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Protobuf;

namespace Harness.Simulator.Kubernetes.Comparison.Playing;

/// <summary>Reads the body of an answer: JSON, protobuf, the events of a watch in either, or text. Stateless.</summary>
internal static class BodyReading
{
    public static async Task<JsonNode?> ReadAsync(byte[] body, string contentType, bool isWatch)
    {
        if (body.Length == 0)
        {
            return null;
        }

        if (contentType.StartsWith("application/vnd.kubernetes.protobuf", StringComparison.Ordinal))
        {
            return isWatch && !KubernetesProtobuf.IsEnvelope(body) ? await FramesAsync(body) : Message(body);
        }

        return contentType.StartsWith("application/json", StringComparison.Ordinal) ? Json(body, isWatch) : Encoding.UTF8.GetString(body);
    }

    private static JsonNode? Json(byte[] body, bool isWatch)
    {
        try
        {
            List<JsonNode?> documents = Documents(body);
            return isWatch && documents is not [{ } only] || isWatch && documents[0]!["type"] is not null ? new JsonArray([.. documents]) : documents[0];
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(body);
        }
    }

    private static List<JsonNode?> Documents(ReadOnlySpan<byte> body)
    {
        var documents = new List<JsonNode?>();
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            documents.Add(JsonNode.Parse(ref reader));
        }

        return documents;
    }

    private static async Task<JsonNode> FramesAsync(byte[] body)
    {
        var events = new JsonArray();
        await foreach (WatchEvent one in WatchFrames.ReadAsync(new MemoryStream(body)))
        {
            events.Add(new JsonObject { ["type"] = one.Type, ["object"] = Message(one.Object.Raw.ToByteArray()) });
        }

        return events;
    }

    private static JsonNode Message(byte[] bytes)
    {
        if (!KubernetesProtobuf.IsEnvelope(bytes))
        {
            return Encoding.Latin1.GetString(bytes);
        }

        KubernetesTypeMeta type = KubernetesProtobuf.ReadType(bytes);
        KubernetesKind? kind = KubernetesKinds.Find(type) ?? KubernetesKinds.All.FirstOrDefault(kind => IsVersionOf(kind, type));
        if (kind is null)
        {
            return new JsonObject { ["kind"] = type.Kind, ["apiVersion"] = type.ApiVersion, ["unread"] = "no message of this kind is known here" };
        }

        JsonObject document = KubernetesJson.ToDocument(kind.Descriptor.Parser.ParseFrom(KubernetesProtobuf.Open(bytes).Raw));
        document["apiVersion"] = type.ApiVersion;
        return document;
    }

    /// <summary>Whether the message of a kind in another version of its group reads this one: beta versions have the fields of the final one.</summary>
    private static bool IsVersionOf(KubernetesKind kind, KubernetesTypeMeta type) =>
        kind.Kind == type.Kind && kind.ApiVersion.Split('/')[0] == type.ApiVersion.Split('/')[0];
}
