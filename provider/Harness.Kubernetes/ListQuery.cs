namespace Harness.Kubernetes;

/// <summary>What to list, and from where. See the Kubernetes API concepts, "Retrieving large results sets in chunks".</summary>
public sealed record ListQuery
{
    public const int DefaultPageSize = 500;

    public string? LabelSelector { get; init; }

    public string? FieldSelector { get; init; }

    /// <summary>Objects in a page; null for all at once.</summary>
    public int? Limit { get; init; }

    /// <summary>The token of the page before.</summary>
    public string? Continue { get; init; }

    /// <summary>Null for the newest state, <c>0</c> for what the server has at hand.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary><c>Exact</c> or <c>NotOlderThan</c>.</summary>
    public string? ResourceVersionMatch { get; init; }
}
