using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables;

/// <summary>
/// Turns objects into meta.k8s.io/v1 Tables as the real API server prints them for kubectl get. Pure: ages are relative to the time that
/// is passed in, documents are not changed. Safe to call from any thread.
/// </summary>
internal static class TablePrinter
{
    /// <summary>Prints objects of one kind.</summary>
    /// <param name="apiVersion">The objects' apiVersion; objects of a list do not carry it themselves.</param>
    /// <param name="kind">The objects' kind.</param>
    /// <param name="objects">The objects' documents; one for a GET of a single object or a watch event.</param>
    /// <param name="metadata">
    /// The list's metadata (resourceVersion, continue, remainingItemCount). Null for a single object or watch event: the table then carries
    /// that object's resourceVersion.
    /// </param>
    /// <param name="include">What rows carry of their objects.</param>
    /// <param name="now">The time that ages are relative to.</param>
    /// <param name="withColumns">False for all but the first event of a watch, whose column definitions are null.</param>
    public static JsonObject Print(
        string apiVersion,
        string kind,
        IReadOnlyList<JsonObject> objects,
        JsonObject? metadata,
        IncludeObject include,
        DateTimeOffset now,
        bool withColumns = true)
    {
        var printed = TableKinds.Of(apiVersion, kind);
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = metadata?.DeepClone() ?? ObjectVersion(objects),
            ["columnDefinitions"] = withColumns ? new JsonArray([.. printed.Columns.Select(column => column.ToJson())]) : null,
            ["rows"] = new JsonArray([.. objects.Select(item => Row(printed, apiVersion, kind, item, include, now))]),
        };
    }

    private static JsonObject ObjectVersion(IReadOnlyList<JsonObject> objects)
    {
        var result = new JsonObject();
        if (objects.Count > 0 && objects[0].Text("metadata", "resourceVersion") is { Length: > 0 } version)
        {
            result["resourceVersion"] = version;
        }

        return result;
    }

    private static JsonObject Row(TableKind printed, string apiVersion, string kind, JsonObject item, IncludeObject include, DateTimeOffset now)
    {
        var row = new JsonObject { ["cells"] = printed.Cells(item, now) };
        if (printed.Condition?.Invoke(item) is { } condition)
        {
            row["conditions"] = new JsonArray(condition);
        }

        row["object"] = include switch
        {
            IncludeObject.None => null,
            IncludeObject.Metadata => Partial(item),
            _ => Whole(apiVersion, kind, item),
        };
        return row;
    }

    private static JsonObject Partial(JsonObject item) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = "meta.k8s.io/v1",
        ["metadata"] = item["metadata"]?.DeepClone(),
    };

    private static JsonObject Whole(string apiVersion, string kind, JsonObject item)
    {
        var whole = new JsonObject { ["kind"] = kind, ["apiVersion"] = apiVersion };
        foreach (var (name, value) in item)
        {
            if (name is not ("kind" or "apiVersion"))
            {
                whole[name] = value?.DeepClone();
            }
        }

        return whole;
    }
}
