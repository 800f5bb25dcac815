using Harness.Kubernetes.Queues;

namespace Harness.Kubernetes.Informers;

/// <summary>What an informer follows, and how.</summary>
public sealed record InformerOptions
{
    /// <summary>Null for all namespaces.</summary>
    public string? Namespace { get; init; }

    public string? LabelSelector { get; init; }

    public string? FieldSelector { get; init; }

    public int PageSize { get; init; } = ListQuery.DefaultPageSize;

    /// <summary>The server keeps a watch between this long and twice as long.</summary>
    public TimeSpan WatchTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Silence after which a watch counts as dead. Servers send a bookmark every minute.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(3);

    public BackoffPolicy Backoff { get; init; } = new() { Initial = TimeSpan.FromMilliseconds(200), Max = TimeSpan.FromSeconds(30) };

    /// <summary>Whether <c>metadata.managedFields</c>, often half of an object, is dropped.</summary>
    public bool DropManagedFields { get; init; } = true;
}
