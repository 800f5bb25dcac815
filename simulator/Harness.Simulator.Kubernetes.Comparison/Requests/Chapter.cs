namespace Harness.Simulator.Kubernetes.Comparison.Requests;

/// <summary>
/// Requests about one subject, played in order against one server; a chapter needs no other. Immutable.
/// </summary>
/// <param name="Name">Name of its file without the extension.</param>
/// <param name="Aliases">API versions that an older server offers under another name.</param>
/// <param name="Steps">The requests.</param>
internal sealed record Chapter(string Name, IReadOnlyList<VersionAlias> Aliases, IReadOnlyList<Step> Steps);
