namespace Harness.Kubernetes;

/// <summary>What to watch, and from where.</summary>
public sealed record WatchQuery
{
    public string? LabelSelector { get; init; }

    public string? FieldSelector { get; init; }

    /// <summary>Events after this version come. Null or <c>0</c>: first an ADDED for each object that exists.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Whether the server tells its version from time to time although nothing happened.</summary>
    public bool AllowBookmarks { get; init; } = true;

    /// <summary>How long the server should keep the watch; null leaves it to the server.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long nothing at all may come before the connection counts as lost; null to wait for ever.</summary>
    public TimeSpan? IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);
}
