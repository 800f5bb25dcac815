namespace Harness.Kubernetes.Objects;

/// <summary>What an object says of its own type; empty strings where it says nothing.</summary>
/// <param name="ApiVersion">Group and version, such as <c>apps/v1</c>.</param>
/// <param name="Kind">The kind's name.</param>
public readonly record struct KubernetesTypeMeta(string ApiVersion, string Kind);
