namespace Harness.Simulator.Kubernetes.Authorization;

/// <summary>
/// What someone wants to do: a verb on a resource (with subresource after a slash), or on a path when <paramref name="Path"/> is set.
/// </summary>
internal sealed record AccessRequest(string Verb, string Group = "", string Resource = "", string Namespace = "", string Name = "", string Path = "");
