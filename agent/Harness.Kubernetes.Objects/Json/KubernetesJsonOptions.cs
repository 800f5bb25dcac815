namespace Harness.Kubernetes.Objects.Json;

/// <summary>How a message becomes JSON.</summary>
public sealed record KubernetesJsonOptions
{
    /// <summary>As the API server writes an object: kind and apiVersion first, and what it writes though empty.</summary>
    public static KubernetesJsonOptions Object { get; } = new();

    /// <summary>As the API server writes it inside a list: no kind and apiVersion.</summary>
    public static KubernetesJsonOptions Item { get; } = new() { WithType = false };

    /// <summary>Only what is set in the message, without kind and apiVersion: the body of a patch.</summary>
    public static KubernetesJsonOptions Patch { get; } = new() { WithType = false, OnlySetFields = true };

    /// <summary>Whether kind and apiVersion come first; only for messages that are kinds.</summary>
    public bool WithType { get; init; } = true;

    /// <summary>
    /// Writes no field that is not set in the message, where the API server writes some as <c>{}</c>, <c>null</c>, <c>""</c>.
    /// </summary>
    public bool OnlySetFields { get; init; }

    /// <summary>The kind to write in place of the message's own, such as <c>policy/v1</c> for a Status of that group.</summary>
    public KubernetesKind? Kind { get; init; }
}
