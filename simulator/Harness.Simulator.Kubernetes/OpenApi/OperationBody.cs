namespace Harness.Simulator.Kubernetes.OpenApi;

/// <summary>What an operation takes and answers: names of schemas and media types, the same for both OpenAPI versions. Pure.</summary>
internal static class OperationBody
{
    public static IReadOnlyList<string> AnswerTypes { get; } = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"];

    /// <summary>Media types of the request; empty without a body.</summary>
    public static IReadOnlyList<string> RequestTypes(ApiOperation operation) => operation.Action switch
    {
        "patch" => ["application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json"],
        "post" or "put" or "delete" or "deletecollection" => ["*/*"],
        _ => [],
    };

    /// <summary>The schema of the request; null without a body, or for patches, which have none.</summary>
    public static string? Request(ApiOperation operation, SchemaCatalog schemas) => operation.Action switch
    {
        "post" or "put" => schemas.NameOf(operation.Group, operation.Version, operation.Kind),
        "delete" or "deletecollection" => schemas.NameOf("", "v1", "DeleteOptions"),
        _ => null,
    };

    /// <summary>The schema of the answer; null for streams.</summary>
    public static string? Answer(ApiOperation operation, SchemaCatalog schemas) => operation.Action switch
    {
        "list" => schemas.NameOf(operation.Group, operation.Version, operation.Kind + "List"),
        "delete" or "deletecollection" => schemas.NameOf("", "v1", "Status"),
        "connect" => null,
        _ => schemas.NameOf(operation.Group, operation.Version, operation.Kind),
    };

    /// <summary>The HTTP statuses of success.</summary>
    public static IEnumerable<(string Code, string Text)> Successes(ApiOperation operation) => operation.Action switch
    {
        "post" => [("200", "OK"), ("201", "Created"), ("202", "Accepted")],
        "put" or "patch" => [("200", "OK"), ("201", "Created")],
        "delete" => [("200", "OK"), ("202", "Accepted")],
        _ => [("200", "OK")],
    };
}
