using System.Text.Json.Nodes;
using Harness.Simulator.Kubernetes.Discovery;

namespace Harness.Simulator.Kubernetes.OpenApi;

/// <summary>Writes one OpenAPI v3 document: the paths of one group version, and every schema that they need. Pure.</summary>
internal static class OpenApiV3
{
    private const string ReferencePrefix = "#/components/schemas/";

    public static JsonObject Write(SchemaCatalog schemas, IReadOnlyCollection<ApiOperation> operations)
    {
        var paths = Paths(schemas, operations);
        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = $"v{VersionDocument.Major}.{VersionDocument.Minor}.0" },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = Components(schemas, paths) },
        };
    }

    private static JsonObject Components(SchemaCatalog schemas, JsonObject paths)
    {
        var found = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        var pending = new Queue<string>(References(paths));
        while (pending.TryDequeue(out var name))
        {
            if (found.ContainsKey(name))
            {
                continue;
            }

            var schema = Schema(schemas.Schemas[name]);
            found[name] = schema;
            foreach (var reference in References(schema))
            {
                pending.Enqueue(reference);
            }
        }

        return new JsonObject(found);
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(entry =>
            entry.Key == "$ref" ? [entry.Value!.GetValue<string>()[ReferencePrefix.Length..]] : References(entry.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    // A reference stands alone in v3: where more is said of it, it goes into allOf.
    private static JsonObject Schema(JsonObject source)
    {
        var result = new JsonObject();
        foreach (var (name, value) in source)
        {
            switch (name)
            {
                case "$ref":
                    var reference = Reference(value!.GetValue<string>()[FieldSchema.ReferencePrefix.Length..]);
                    if (source.Count == 1)
                    {
                        return reference;
                    }

                    result["allOf"] = new JsonArray(reference);
                    break;
                case "items" or "additionalProperties":
                    result[name] = Schema(value!.AsObject());
                    break;
                case "properties":
                    result[name] = new JsonObject(value!.AsObject()
                        .Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Schema(entry.Value!.AsObject()))));
                    break;
                default:
                    result[name] = value?.DeepClone();
                    break;
            }
        }

        return IsIntOrString(result) ? IntOrString(result) : result;
    }

    private static bool IsIntOrString(JsonObject schema) => schema["format"]?.GetValue<string>() == "int-or-string";

    private static JsonObject IntOrString(JsonObject schema)
    {
        schema.Remove("type");
        schema["oneOf"] = new JsonArray(FieldSchema.Primitive("integer"), FieldSchema.Primitive("string"));
        schema["x-kubernetes-int-or-string"] = true;
        return schema;
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = ReferencePrefix + name };

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
        var result = new JsonObject
        {
            ["tags"] = new JsonArray(operation.Tag),
            ["description"] = operation.Description,
            ["operationId"] = operation.Id,
        };
        var parameters = OperationParameter.Queries(operation.Action).Select(Parameter).ToArray();
        if (parameters.Length > 0)
        {
            result["parameters"] = new JsonArray([.. parameters]);
        }

        if (OperationBody.RequestTypes(operation) is { Count: > 0 } types)
        {
            result["requestBody"] = new JsonObject { ["content"] = Content(types, OperationBody.Request(operation, schemas), "object") };
        }

        result["responses"] = Responses(schemas, operation);
        result["x-kubernetes-action"] = operation.Action;
        result["x-kubernetes-group-version-kind"] = new JsonObject
        {
            ["group"] = operation.Group,
            ["version"] = operation.Version,
            ["kind"] = operation.Kind,
        };
        return result;
    }

    private static JsonObject Responses(SchemaCatalog schemas, ApiOperation operation)
    {
        var answer = OperationBody.Answer(operation, schemas);
        var responses = new JsonObject();
        foreach (var (code, text) in OperationBody.Successes(operation))
        {
            var types = answer is null ? ["*/*"] : OperationBody.AnswerTypes;
            responses[code] = new JsonObject { ["description"] = text, ["content"] = Content(types, answer, "string") };
        }

        responses["401"] = new JsonObject { ["description"] = "Unauthorized" };
        return responses;
    }

    private static JsonObject Content(IEnumerable<string> types, string? schema, string otherwise)
    {
        var content = new JsonObject();
        foreach (var type in types)
        {
            content[type] = new JsonObject { ["schema"] = schema is null ? FieldSchema.Primitive(otherwise) : Reference(schema) };
        }

        return content;
    }

    private static JsonObject Parameter(OperationParameter parameter)
    {
        var result = new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.Place,
            ["description"] = parameter.Description,
        };
        if (parameter.Place == "path")
        {
            result["required"] = true;
        }

        result["schema"] = new JsonObject { ["type"] = parameter.Type, ["uniqueItems"] = true };
        return result;
    }
}
