namespace Harness.Simulator.Kubernetes.Comparison.Requests;

/// <summary>Keeps a value of an answer's body under a name for the requests after it.</summary>
/// <param name="Variable">The name.</param>
/// <param name="Path">Where the value is, such as <c>metadata.uid</c> or <c>items.0.metadata.name</c>.</param>
internal sealed record Capture(string Variable, string Path);
