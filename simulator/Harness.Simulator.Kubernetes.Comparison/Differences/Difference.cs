namespace Harness.Simulator.Kubernetes.Comparison.Differences;

/// <summary>One place where two answers to one request differ.</summary>
/// <param name="Step">Chapter and step, such as <c>pods/create</c>.</param>
/// <param name="Path">Where: <c>body.spec.containers[app].image</c>, <c>warnings</c>, or <c>answer</c> when all of it differs.</param>
/// <param name="Real">What the real API server has there, as compact JSON.</param>
/// <param name="Embedded">What the embedded one has there.</param>
internal sealed record Difference(string Step, string Path, string Real, string Embedded)
{
    /// <summary>What stands for a value that is not there.</summary>
    public const string Absent = "(absent)";
}
