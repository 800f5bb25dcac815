using System.Text.Json.Nodes;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Simulator.Kubernetes.Documents;

/// <summary>
/// An object of a kind that has no message: everything but its metadata as a JSON document, kept as it came.
/// </summary>
public sealed class JsonDocumentObject(ObjectMeta metadata, JsonObject body) : ApiObject
{
    /// <summary>The object without <c>kind</c>, <c>apiVersion</c> and <c>metadata</c>.</summary>
    public JsonObject Body { get; } = body;

    /// <inheritdoc/>
    public override ObjectMeta Metadata { get; } = metadata;

    /// <inheritdoc/>
    public override ApiObject Clone() => new JsonDocumentObject(Metadata.Clone(), (JsonObject)Body.DeepClone());

    /// <inheritdoc/>
    public override bool ContentEquals(ApiObject other) =>
        other is JsonDocumentObject document && Metadata.Equals(document.Metadata) && JsonNode.DeepEquals(Body, document.Body);
}
