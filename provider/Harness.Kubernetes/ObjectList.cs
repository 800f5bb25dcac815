namespace Harness.Kubernetes;

/// <summary>A page of a list.</summary>
/// <param name="Items">The objects.</param>
/// <param name="ResourceVersion">The version of the list, from which a watch may start.</param>
/// <param name="Continue">The token of the next page; null on the last one.</param>
/// <param name="RemainingItemCount">How many follow, where the server says so.</param>
public sealed record ObjectList<T>(IReadOnlyList<T> Items, string ResourceVersion, string? Continue, long? RemainingItemCount);
