namespace Harness.Simulator.Kubernetes.Clients;

/// <summary>Objects as they stood at one revision, from which a watch goes on.</summary>
public sealed record ApiList<T>(IReadOnlyList<T> Items, long Revision);
