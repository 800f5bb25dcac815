namespace Harness.Kubernetes.Objects.Json;

/// <summary>
/// What a reader tolerated: fields that the message does not have, and fields that stood twice (the last one counts). The texts are
/// those of Kubernetes' API server, such as <c>unknown field "spec.foo"</c>. Filled by one reader, not safe for concurrent use.
/// </summary>
public sealed class FieldFindings
{
    private readonly List<string> _all = [];

    /// <summary>The findings, in the order of the document.</summary>
    public IReadOnlyList<string> All => _all;

    internal void AddUnknown(string path) => _all.Add($"unknown field \"{path}\"");

    internal void AddDuplicate(string path) => _all.Add($"duplicate field \"{path}\"");
}
