using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.OpenApi;

/// <summary>One operation of the API, from which the paths of both OpenAPI versions are written.</summary>
/// <param name="Path">The path, with {namespace} and {name}.</param>
/// <param name="Method">The HTTP method, lower case.</param>
/// <param name="Action">The Kubernetes verb, as x-kubernetes-action names it: list, get, post, put, patch, delete, deletecollection, connect.</param>
/// <param name="Resource">The resource that the path belongs to.</param>
/// <param name="Subresource">The subresource, or null.</param>
/// <param name="ForAllNamespaces">Whether a namespaced resource is listed across namespaces.</param>
internal sealed record ApiOperation(
    string Path, string Method, string Action, ApiResource Resource, ApiSubresource? Subresource, bool ForAllNamespaces = false)
{
    /// <summary>Group of the kind that is sent or answered.</summary>
    public string Group => Subresource?.Group ?? Resource.Group;

    /// <summary>Version of that kind.</summary>
    public string Version => Subresource?.Version ?? Resource.Version;

    /// <summary>That kind.</summary>
    public string Kind => Subresource?.Kind ?? Resource.Kind;

    /// <summary>The operation's name in generated clients, such as <c>patchCoreV1NamespacedPodStatus</c>.</summary>
    public string Id
    {
        get
        {
            var scope = Resource.Namespaced && !ForAllNamespaces ? "Namespaced" : "";
            var below = Subresource is null ? "" : Capital(Subresource.Name);
            var collection = Action == "deletecollection" ? "Collection" : "";
            var suffix = ForAllNamespaces ? "ForAllNamespaces" : "";
            return $"{IdVerb}{GroupName(Resource.Group)}{Capital(Resource.Version)}{collection}{scope}{Resource.Kind}{below}{suffix}";
        }
    }

    /// <summary>One line on what the operation does.</summary>
    public string Description => $"{Action} {(Subresource is null ? Resource.Kind : $"{Subresource.Name} of the specified {Resource.Kind}")}";

    /// <summary>The group and version, as tags name them.</summary>
    public string Tag
    {
        get
        {
            var group = GroupName(Resource.Group);
            return $"{char.ToLowerInvariant(group[0])}{group[1..]}_{Resource.Version}";
        }
    }

    private string IdVerb => Action switch
    {
        "get" => "read",
        "post" => "create",
        "put" => "replace",
        "deletecollection" => "delete",
        "connect" => $"connect{Capital(Method)}",
        _ => Action,
    };

    private static string GroupName(string group)
    {
        var name = group.EndsWith(".k8s.io", StringComparison.Ordinal) ? group[..^".k8s.io".Length] : group;
        return name.Length == 0 ? "Core" : string.Concat(name.Split('.').Select(Capital));
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
