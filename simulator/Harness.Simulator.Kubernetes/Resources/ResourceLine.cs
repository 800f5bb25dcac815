using Google.Protobuf.Reflection;

namespace Harness.Simulator.Kubernetes.Resources;

/// <summary>
/// Writes one resource on one line of <see cref="BuiltInResources"/>: an API group's version that makes resources with the usual verbs, and
/// the subresources they may have.
/// </summary>
internal sealed class ResourceLine(string group, string version)
{
    private static readonly string[] _standardVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    private static readonly string[] _create = ["create"];
    private static readonly string[] _streamVerbs = ["create", "get"];

    public ApiResource Resource(
        string kind,
        string plural,
        MessageDescriptor? descriptor,
        bool namespaced = true,
        string[]? shortNames = null,
        bool all = false,
        ApiSubresource[]? subresources = null,
        string[]? verbs = null,
        ApiResource? storedAs = null) => new()
        {
            Group = group,
            Version = version,
            Plural = plural,
            Singular = kind.ToLowerInvariant(),
            Kind = kind,
            Namespaced = namespaced,
            Verbs = verbs ?? _standardVerbs,
            ShortNames = shortNames ?? [],
            Categories = all ? ["all"] : [],
            Subresources = [.. (subresources ?? []).OrderBy(subresource => subresource.Name, StringComparer.Ordinal)],
            Descriptor = descriptor,
            StoredAs = storedAs,
        };

    /// <summary>A kind that is posted and answered at once, never kept.</summary>
    public ApiResource Review(string kind, MessageDescriptor? descriptor, bool namespaced = false) => new()
    {
        Group = group,
        Version = version,
        Plural = kind.ToLowerInvariant() + "s",
        Singular = kind.ToLowerInvariant(),
        Kind = kind,
        Namespaced = namespaced,
        Verbs = _create,
        Descriptor = descriptor,
        Stored = false,
    };

    public static ApiSubresource Status(string kind) => Object("status", kind);

    public static ApiSubresource Object(string name, string kind) => new(name, kind, ["get", "patch", "update"]);

    public static ApiSubresource Scale() => new("scale", "Scale", ["get", "patch", "update"], "autoscaling", "v1");

    public static ApiSubresource Create(string name, string kind, string? group = null, string? version = null) => new(name, kind, _create, group, version);

    public static ApiSubresource Stream(string name, string kind) => new(name, kind, _streamVerbs);

    public static ApiSubresource Only(string name, string kind, string verb) => new(name, kind, [verb]);

    public static ApiSubresource Proxy(string kind) => new("proxy", kind, ["create", "delete", "get", "patch", "update"]);
}
