using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.OpenApi;

/// <summary>
/// All OpenAPI documents of one registry, ready to be sent: v2 in JSON and protobuf, the v3 index, and one v3 document for each group
/// version. Each is made when it is first asked for and then kept; safe to call from any thread.
/// </summary>
internal sealed class OpenApiDocuments
{
    /// <summary>The media type by which kubectl asks for v2 in protobuf; older ones write <c>@v1.0</c>.</summary>
    public const string V2ProtobufType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    /// <summary>The media type with which kubectl before 1.25 asks for the same.</summary>
    public const string V2ProtobufOldType = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    private readonly Lazy<JsonObject> _v2;
    private readonly Lazy<OpenApiDocument> _v2Json;
    private readonly Lazy<OpenApiDocument> _v2Protobuf;
    private readonly Lazy<OpenApiDocument> _index;
    private readonly SortedDictionary<string, Lazy<OpenApiDocument>> _v3 = new(StringComparer.Ordinal);

    public OpenApiDocuments(ResourceRegistry registry)
    {
        var schemas = new Lazy<SchemaCatalog>(() => new SchemaCatalog(registry));
        _v2 = new(() => OpenApiV2.Write(schemas.Value, registry.All.SelectMany(OperationCatalog.Of)));
        _v2Json = new(() => Json(_v2.Value, "application/json"));
        _v2Protobuf = new(() => OpenApiDocument.Of(OpenApiV2Wire.Convert(_v2.Value).ToByteArray(), V2ProtobufType));
        foreach (var version in registry.All.GroupBy(resource => (resource.Group, resource.Version)))
        {
            var path = version.Key.Group.Length == 0 ? $"api/{version.Key.Version}" : $"apis/{version.Key.Group}/{version.Key.Version}";
            _v3[path] = new(() => Json(OpenApiV3.Write(schemas.Value, [.. version.SelectMany(OperationCatalog.Of)]), "application/json"));
        }

        _index = new(MakeIndex);
    }

    /// <summary><c>/openapi/v2</c> in JSON.</summary>
    public OpenApiDocument V2Json => _v2Json.Value;

    /// <summary><c>/openapi/v2</c> in protobuf.</summary>
    public OpenApiDocument V2Protobuf => _v2Protobuf.Value;

    /// <summary><c>/openapi/v3</c>: where the documents are. JSON, labelled as text like the real one.</summary>
    public OpenApiDocument V3Index => _index.Value;

    /// <summary><c>/openapi/v3/PATH</c>, PATH being <c>api/v1</c> or <c>apis/GROUP/VERSION</c>; null for a group version that is not offered.</summary>
    public OpenApiDocument? V3(string path) => _v3.TryGetValue(path, out var document) ? document.Value : null;

    private static OpenApiDocument Json(JsonObject document, string contentType) =>
        OpenApiDocument.Of(Encoding.UTF8.GetBytes(document.ToJsonString()), contentType);

    private OpenApiDocument MakeIndex()
    {
        var paths = new JsonObject();
        foreach (var (path, document) in _v3)
        {
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}?hash={document.Value.Hash}" };
        }

        return Json(new JsonObject { ["paths"] = paths }, "text/plain; charset=utf-8");
    }
}
