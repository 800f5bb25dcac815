using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.Collections;
using Harness.Simulator.Kubernetes.OpenApi.Wire;

namespace Harness.Simulator.Kubernetes.OpenApi;

/// <summary>Turns the OpenAPI v2 document from JSON into the protobuf form that kubectl before 1.27 asks for. Pure.</summary>
internal static class OpenApiV2Wire
{
    private const string ExtensionPrefix = "x-";

    public static Document Convert(JsonObject document)
    {
        var info = document["info"]!.AsObject();
        var result = new Document
        {
            Swagger = Text(document, "swagger"),
            Info = new Info { Title = Text(info, "title"), Version = Text(info, "version") },
            Paths = new Paths(),
            Definitions = new Definitions(),
        };
        result.Paths.Path.AddRange(document["paths"]!.AsObject()
            .Select(entry => new NamedPathItem { Name = entry.Key, Value = PathItemOf(entry.Value!.AsObject()) }));
        result.Definitions.AdditionalProperties.AddRange(Named(document["definitions"]!.AsObject()));
        return result;
    }

    private static PathItem PathItemOf(JsonObject item)
    {
        var result = new PathItem
        {
            Get = OperationOf(item["get"]),
            Put = OperationOf(item["put"]),
            Post = OperationOf(item["post"]),
            Delete = OperationOf(item["delete"]),
            Patch = OperationOf(item["patch"]),
        };
        result.Parameters.AddRange(Items(item, "parameters").Select(ParameterOf));
        return result;
    }

    private static Operation? OperationOf(JsonNode? node)
    {
        if (node is not JsonObject operation)
        {
            return null;
        }

        var result = new Operation
        {
            Description = Text(operation, "description"),
            OperationId = Text(operation, "operationId"),
            Responses = new Responses(),
        };
        result.Tags.AddRange(Texts(operation, "tags"));
        result.Consumes.AddRange(Texts(operation, "consumes"));
        result.Produces.AddRange(Texts(operation, "produces"));
        result.Schemes.AddRange(Texts(operation, "schemes"));
        result.Parameters.AddRange(Items(operation, "parameters").Select(ParameterOf));
        result.Responses.ResponseCode.AddRange(operation["responses"]!.AsObject()
            .Select(entry => new NamedResponseValue { Name = entry.Key, Value = new ResponseValue { Response = ResponseOf(entry.Value!.AsObject()) } }));
        AddExtensions(result.VendorExtension, operation);
        return result;
    }

    private static Response ResponseOf(JsonObject response) => new()
    {
        Description = Text(response, "description"),
        Schema = response["schema"] is JsonObject schema ? new SchemaItem { Schema = SchemaOf(schema) } : null,
    };

    private static ParametersItem ParameterOf(JsonNode? node)
    {
        var parameter = node!.AsObject();
        var result = Text(parameter, "in") switch
        {
            "body" => new Parameter { BodyParameter = BodyOf(parameter) },
            "path" => new Parameter { NonBodyParameter = new NonBodyParameter { PathParameterSubSchema = PathParameterOf(parameter) } },
            _ => new Parameter { NonBodyParameter = new NonBodyParameter { QueryParameterSubSchema = QueryOf(parameter) } },
        };
        return new ParametersItem { Parameter = result };
    }

    private static BodyParameter BodyOf(JsonObject parameter) => new()
    {
        Name = Text(parameter, "name"),
        In = "body",
        Required = parameter["required"]?.GetValue<bool>() ?? false,
        Schema = SchemaOf(parameter["schema"]!.AsObject()),
    };

    private static PathParameterSubSchema PathParameterOf(JsonObject parameter) => new()
    {
        Required = true,
        In = "path",
        Description = Text(parameter, "description"),
        Name = Text(parameter, "name"),
        Type = Text(parameter, "type"),
        UniqueItems = true,
    };

    private static QueryParameterSubSchema QueryOf(JsonObject parameter) => new()
    {
        In = "query",
        Description = Text(parameter, "description"),
        Name = Text(parameter, "name"),
        Type = Text(parameter, "type"),
        UniqueItems = true,
    };

    private static IEnumerable<NamedSchema> Named(JsonObject schemas) =>
        schemas.Select(entry => new NamedSchema { Name = entry.Key, Value = SchemaOf(entry.Value!.AsObject()) });

    private static Schema SchemaOf(JsonObject schema)
    {
        var result = new Schema
        {
            Ref = Text(schema, "$ref"),
            Format = Text(schema, "format"),
            Description = Text(schema, "description"),
        };
        result.Required.AddRange(Texts(schema, "required"));
        if (Text(schema, "type") is { Length: > 0 } type)
        {
            result.Type = new TypeItem { Value = { type } };
        }

        if (schema["items"] is JsonObject items)
        {
            result.Items = new ItemsItem { Schema = { SchemaOf(items) } };
        }

        if (schema["additionalProperties"] is JsonObject values)
        {
            result.AdditionalProperties = new AdditionalPropertiesItem { Schema = SchemaOf(values) };
        }

        if (schema["properties"] is JsonObject properties)
        {
            result.Properties = new Properties { AdditionalProperties = { Named(properties) } };
        }

        AddExtensions(result.VendorExtension, schema);
        return result;
    }

    // JSON is YAML too.
    private static void AddExtensions(RepeatedField<NamedAny> extensions, JsonObject source) =>
        extensions.AddRange(source.Where(entry => entry.Key.StartsWith(ExtensionPrefix, StringComparison.Ordinal))
            .Select(entry => new NamedAny { Name = entry.Key, Value = new Any { Yaml = Yaml(entry.Value!) } }));

    private static string Yaml(JsonNode value) =>
        (value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()) + "\n";

    private static string Text(JsonObject source, string name) => source[name]?.GetValue<string>() ?? "";

    private static IEnumerable<string> Texts(JsonObject source, string name) => Items(source, name).Select(item => item!.GetValue<string>());

    private static JsonArray Items(JsonObject source, string name) => source[name] as JsonArray ?? [];
}
