namespace Harness.Simulator.Kubernetes.Comparison.Requests;

/// <summary>An API version that an older server offers under another name.</summary>
/// <param name="Version">The version that the requests speak, such as <c>policy/v1</c>.</param>
/// <param name="Resource">The resource that tells whether a server has it.</param>
/// <param name="Older">What an older server has instead, such as <c>policy/v1beta1</c>.</param>
internal sealed record VersionAlias(string Version, string Resource, string Older);
