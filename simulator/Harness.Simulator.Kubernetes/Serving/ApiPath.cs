namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>
/// A request path below <c>/api</c> or <c>/apis</c> taken apart. Absent parts are empty; an empty namespace means all, or none for
/// cluster-scoped resources.
/// </summary>
internal sealed record ApiPath(string Group, string Version, string Namespace, string Plural, string Name, string Subresource, string Rest)
{
    private static readonly string[] _ofNamespaces = ["status", "finalize"];

    /// <summary>The parts of a path; null when it is not that of a resource.</summary>
    public static ApiPath? Parse(string path)
    {
        string[] parts = path.Trim('/').Split('/');
        return parts switch
        {
            ["api", var version, .. var rest] when rest.Length > 0 => Resource("", version, rest),
            ["apis", var group, var version, .. var rest] when rest.Length > 0 => Resource(group, version, rest),
            _ => null,
        };
    }

    private static ApiPath? Resource(string group, string version, string[] parts)
    {
        if (parts.Any(part => part.Length == 0))
        {
            return null;
        }

        string inNamespace = "";
        if (parts is ["namespaces", var name, _, ..] && !(parts.Length == 3 && group.Length == 0 && _ofNamespaces.Contains(parts[2])))
        {
            inNamespace = Uri.UnescapeDataString(name);
            parts = parts[2..];
        }

        return new ApiPath(
            group,
            version,
            inNamespace,
            parts[0],
            parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "",
            parts.Length > 2 ? parts[2] : "",
            string.Join('/', parts.Skip(3)));
    }
}
