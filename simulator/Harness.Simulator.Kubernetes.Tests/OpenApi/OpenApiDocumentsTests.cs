using System.Text.Json.Nodes;
using Harness.Simulator.Kubernetes.OpenApi;
using Harness.Simulator.Kubernetes.OpenApi.Wire;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.Tests.OpenApi;

public sealed class OpenApiDocumentsTests
{
    private static readonly OpenApiDocuments _documents = new(ResourceRegistry.BuiltIn);

    [Fact]
    public void V2_PodSpecContainers_MergeByName()
    {
        var containers = Definition("io.k8s.api.core.v1.PodSpec")["properties"]!["containers"]!;
        Assert.Equal("array", containers["type"]!.GetValue<string>());
        Assert.Equal("#/definitions/io.k8s.api.core.v1.Container", containers["items"]!["$ref"]!.GetValue<string>());
        Assert.Equal("merge", containers["x-kubernetes-patch-strategy"]!.GetValue<string>());
        Assert.Equal("name", containers["x-kubernetes-patch-merge-key"]!.GetValue<string>());
        Assert.Equal("map", containers["x-kubernetes-list-type"]!.GetValue<string>());
        Assert.Equal("""["name"]""", containers["x-kubernetes-list-map-keys"]!.ToJsonString());
    }

    [Fact]
    public void V2_Kind_NamesItsGroupVersionKindAndTypeFields()
    {
        var deployment = Definition("io.k8s.api.apps.v1.Deployment");
        Assert.Equal("""[{"group":"apps","kind":"Deployment","version":"v1"}]""", deployment["x-kubernetes-group-version-kind"]!.ToJsonString());
        Assert.Equal("string", deployment["properties"]!["apiVersion"]!["type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("io.k8s.apimachinery.pkg.api.resource.Quantity", "string", null)]
    [InlineData("io.k8s.apimachinery.pkg.apis.meta.v1.Time", "string", "date-time")]
    [InlineData("io.k8s.apimachinery.pkg.util.intstr.IntOrString", "string", "int-or-string")]
    [InlineData("io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1", "object", null)]
    public void V2_TypesWithAJsonFormOfTheirOwn_HaveNoProperties(string name, string type, string? format)
    {
        var schema = Definition(name);
        Assert.Equal((type, format), (schema["type"]!.GetValue<string>(), schema["format"]?.GetValue<string>()));
        Assert.False(schema.ContainsKey("properties"));
    }

    [Fact]
    public void V2_InlinedFields_StandInTheirParent() =>
        Assert.NotNull(Definition("io.k8s.api.core.v1.Volume")["properties"]!["emptyDir"]);

    [Fact]
    public void V2_Required_IsWhatManifestsMustHave() =>
        Assert.Equal("""["containers"]""", Definition("io.k8s.api.core.v1.PodSpec")["required"]!.ToJsonString());

    [Fact]
    public void V2Protobuf_SaysTheSameAsTheJson()
    {
        var document = Document.Parser.ParseFrom(_documents.V2Protobuf.Content.Span);
        var json = Json(_documents.V2Json);
        Assert.Equal("2.0", document.Swagger);
        Assert.Equal(
            json["definitions"]!.AsObject().Select(entry => entry.Key), document.Definitions.AdditionalProperties.Select(entry => entry.Name));
        Assert.Equal(json["paths"]!.AsObject().Select(entry => entry.Key), document.Paths.Path.Select(entry => entry.Name));
        var patch = document.Paths.Path.Single(path => path.Name == "/api/v1/namespaces/{namespace}/pods/{name}").Value.Patch;
        Assert.Contains(patch.Parameters, item => item.Parameter.NonBodyParameter?.QueryParameterSubSchema?.Name == "dryRun");
        Assert.Contains(patch.VendorExtension, extension => extension.Name == "x-kubernetes-group-version-kind");
    }

    [Fact]
    public void V3Index_LeadsToADocumentForEachGroupVersion()
    {
        foreach (var (path, entry) in Json(_documents.V3Index)["paths"]!.AsObject())
        {
            var document = _documents.V3(path)!;
            Assert.Equal($"/openapi/v3/{path}?hash={document.Hash}", entry!["serverRelativeURL"]!.GetValue<string>());
        }

        Assert.Null(_documents.V3("apis/nope/v1"));
    }

    [Fact]
    public void V3_EveryReference_IsAmongTheDocumentsSchemas()
    {
        foreach (var (path, _) in Json(_documents.V3Index)["paths"]!.AsObject())
        {
            var document = Json(_documents.V3(path)!);
            var schemas = document["components"]!["schemas"]!.AsObject();
            Assert.All(References(document), name => Assert.True(schemas.ContainsKey(name), $"{path}: {name}"));
        }
    }

    [Fact]
    public void V3_SchemasOfLeases_AreThoseOfARealServer()
    {
        // Newer than the recording, or said there of a field and here of its type.
        string[] different = ["ListMeta.shardInfo", "Status.details"];
        var recorded = Golden.Json("discovery/openapi-v3-coordination-schemas.json")["schemas"]!.AsObject();
        var schemas = Json(_documents.V3("apis/coordination.k8s.io/v1")!)["components"]!["schemas"]!.AsObject();
        foreach (var (name, schema) in schemas.Where(entry => recorded.ContainsKey(entry.Key)))
        {
            var expected = recorded[name]!.AsObject();
            var actual = Structure(schema!)!.AsObject();
            actual.Remove("x-kubernetes-group-version-kind");
            foreach (var field in different.Where(text => name.EndsWith("." + text.Split('.')[0], StringComparison.Ordinal))
                .Select(text => text.Split('.')[1]))
            {
                (expected["properties"] as JsonObject)?.Remove(field);
                (actual["properties"] as JsonObject)?.Remove(field);
            }

            Assert.True(JsonNode.DeepEquals(expected, actual), $"{name}: {actual.ToJsonString()} instead of {expected.ToJsonString()}");
        }

        Assert.True(schemas.ContainsKey("io.k8s.api.coordination.v1.Lease"));
    }

    // Without descriptions, and with references as they are before something is said of them.
    private static JsonNode? Structure(JsonNode? schema) => schema switch
    {
        JsonObject map when map.Where(entry => entry.Key != "description").ToArray() is [{ Key: "allOf", Value: JsonArray { Count: 1 } allOf }] => allOf[0]!.DeepClone(),
        JsonObject map => new JsonObject(map.Where(entry => entry is not { Key: "description", Value: JsonValue })
            .Select(entry => KeyValuePair.Create(entry.Key, Structure(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Structure)]),
        _ => schema?.DeepClone(),
    };

    private static JsonObject Definition(string name) => Json(_documents.V2Json)["definitions"]![name]!.AsObject();

    private static JsonObject Json(OpenApiDocument document) => JsonNode.Parse(document.Content.Span)!.AsObject();

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(entry => entry.Key == "$ref" ? [entry.Value!.GetValue<string>().Split('/')[^1]] : References(entry.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
