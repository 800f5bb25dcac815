namespace Harness.Simulator.Kubernetes.Resources;

/// <summary>
/// A subresource as discovery shows it: its name after the slash, the kind its body has, its verbs, and the group and version of that
/// kind where they are not those of the resource itself. Immutable.
/// </summary>
public sealed record ApiSubresource(string Name, string Kind, IReadOnlyList<string> Verbs, string? Group = null, string? Version = null);
