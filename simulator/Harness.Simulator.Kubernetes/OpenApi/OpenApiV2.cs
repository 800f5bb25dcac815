using System.Text.Json.Nodes;
using Harness.Simulator.Kubernetes.Discovery;

namespace Harness.Simulator.Kubernetes.OpenApi;

/// <summary>Writes the one OpenAPI v2 document (<c>/openapi/v2</c>) as JSON. Pure.</summary>
internal static class OpenApiV2
{
    public static JsonObject Write(SchemaCatalog schemas, IEnumerable<ApiOperation> operations) => new()
    {
        ["swagger"] = "2.0",
        ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = $"v{VersionDocument.Major}.{VersionDocument.Minor}.0" },
        ["paths"] = Paths(schemas, operations),
        ["definitions"] = new JsonObject(schemas.Schemas.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value.DeepClone()))),
    };

    private static JsonObject Paths(SchemaCatalog schemas, IEnumerable<ApiOperation> operations)
    {
        var paths = new JsonObject();
        foreach (var path in operations.GroupBy(operation => operation.Path).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var item = new JsonObject();
            foreach (var operation in path)
            {
                item[operation.Method] = Operation(schemas, operation);
            }

            item["parameters"] = new JsonArray([.. OperationParameter.Paths(path.Key).Select(Parameter)]);
            paths[path.Key] = item;
        }

        return paths;
    }

    private static JsonObject Operation(SchemaCatalog schemas, ApiOperation operation)
    {
        var requestTypes = OperationBody.RequestTypes(operation);
        return new JsonObject
        {
            ["description"] = operation.Description,
            ["consumes"] = Texts(requestTypes.Count > 0 ? requestTypes : ["*/*"]),
            ["produces"] = Texts(OperationBody.Answer(operation, schemas) is null ? ["*/*"] : OperationBody.AnswerTypes),
            ["schemes"] = Texts(["https"]),
            ["tags"] = Texts([operation.Tag]),
            ["operationId"] = operation.Id,
            ["parameters"] = new JsonArray([.. Parameters(schemas, operation)]),
            ["responses"] = Responses(schemas, operation),
            ["x-kubernetes-action"] = operation.Action,
            ["x-kubernetes-group-version-kind"] = new JsonObject
            {
                ["group"] = operation.Group,
                ["kind"] = operation.Kind,
                ["version"] = operation.Version,
            },
        };
    }

    private static IEnumerable<JsonObject> Parameters(SchemaCatalog schemas, ApiOperation operation)
    {
        if (OperationBody.RequestTypes(operation).Count > 0)
        {
            var schema = OperationBody.Request(operation, schemas) is { } name ? FieldSchema.Reference(name) : FieldSchema.Primitive("object");
            yield return new JsonObject
            {
                ["name"] = "body",
                ["in"] = "body",
                ["required"] = operation.Method != "delete",
                ["schema"] = schema,
            };
        }

        foreach (var parameter in OperationParameter.Queries(operation.Action))
        {
            yield return Parameter(parameter);
        }
    }

    private static JsonObject Parameter(OperationParameter parameter)
    {
        var result = new JsonObject
        {
            ["uniqueItems"] = true,
            ["type"] = parameter.Type,
            ["description"] = parameter.Description,
            ["name"] = parameter.Name,
            ["in"] = parameter.Place,
        };
        if (parameter.Place == "path")
        {
            result["required"] = true;
        }

        return result;
    }

    private static JsonObject Responses(SchemaCatalog schemas, ApiOperation operation)
    {
        var responses = new JsonObject();
        foreach (var (code, text) in OperationBody.Successes(operation))
        {
            var schema = OperationBody.Answer(operation, schemas) is { } name ? FieldSchema.Reference(name) : FieldSchema.Primitive("string");
            responses[code] = new JsonObject { ["description"] = text, ["schema"] = schema };
        }

        responses["401"] = new JsonObject { ["description"] = "Unauthorized" };
        return responses;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
