namespace Harness.Simulator.Kubernetes.OpenApi;

/// <summary>One query or path parameter of an operation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Place">"query" or "path".</param>
/// <param name="Type">Its OpenAPI type.</param>
/// <param name="Description">What it does.</param>
internal sealed record OperationParameter(string Name, string Place, string Type, string Description)
{
    private static readonly OperationParameter[] _listing =
    [
        Query("allowWatchBookmarks", "boolean", "Whether a watch may send bookmarks."),
        Query("continue", "string", "Where to go on with a list that was cut by limit."),
        Query("fieldSelector", "string", "Which objects to take, by their fields."),
        Query("labelSelector", "string", "Which objects to take, by their labels."),
        Query("limit", "integer", "How many objects to take at most."),
        Query("resourceVersion", "string", "Which state to take, or to watch from."),
        Query("resourceVersionMatch", "string", "How resourceVersion is meant: Exact or NotOlderThan."),
        Query("sendInitialEvents", "boolean", "Whether a watch begins with the objects as they are."),
        Query("timeoutSeconds", "integer", "When to end the call."),
        Query("watch", "boolean", "Whether to go on with each change."),
    ];

    private static readonly OperationParameter[] _writing =
    [
        Query("dryRun", "string", "All: do everything but keep the result."),
        Query("fieldManager", "string", "Who makes the change, for managedFields."),
        Query("fieldValidation", "string", "What to do about unknown fields: Ignore, Warn or Strict."),
    ];

    private static readonly OperationParameter[] _deleting =
    [
        _writing[0],
        Query("gracePeriodSeconds", "integer", "How long the object may take to end; 0 is at once."),
        Query("orphanDependents", "boolean", "Whether dependents stay. Deprecated, see propagationPolicy."),
        Query("propagationPolicy", "string", "What becomes of dependents: Orphan, Background or Foreground."),
    ];

    /// <summary>The query parameters of an action.</summary>
    public static IEnumerable<OperationParameter> Queries(string action) => action switch
    {
        "list" => _listing,
        "post" or "put" => _writing,
        "patch" => _writing.Append(Query("force", "boolean", "Whether an apply takes over fields of others.")),
        "delete" => _deleting,
        "deletecollection" => _listing.Where(parameter => parameter.Name is not ("watch" or "allowWatchBookmarks")).Concat(_deleting),
        _ => [],
    };

    /// <summary>The parameters that all operations of a path have: those that stand in it, and pretty.</summary>
    public static IEnumerable<OperationParameter> Paths(string path)
    {
        if (path.Contains("{name}", StringComparison.Ordinal))
        {
            yield return new OperationParameter("name", "path", "string", "Name of the object.");
        }

        if (path.Contains("{namespace}", StringComparison.Ordinal))
        {
            yield return new OperationParameter("namespace", "path", "string", "Namespace of the object.");
        }

        yield return Query("pretty", "string", "Whether the answer is indented.");
    }

    private static OperationParameter Query(string name, string type, string description) => new(name, "query", type, description);
}
