namespace Harness.Simulator.Kubernetes.Clients;

/// <summary>Which objects a list or a watch is about: a namespace (null: all), a label selector and a field selector in their text forms.</summary>
public sealed record ApiSelection(string? Namespace = null, string? LabelSelector = null, string? FieldSelector = null)
{
    /// <summary>Everything.</summary>
    public static ApiSelection All { get; } = new();
}
