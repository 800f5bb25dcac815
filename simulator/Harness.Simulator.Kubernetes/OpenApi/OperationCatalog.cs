using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.OpenApi;

/// <summary>All operations that a resource's verbs amount to, its subresources' among them. Pure.</summary>
internal static class OperationCatalog
{
    private static readonly string[] _streaming = ["attach", "exec", "portforward", "proxy", "log"];

    public static IEnumerable<ApiOperation> Of(ApiResource resource)
    {
        var root = resource.Group.Length == 0 ? $"/api/{resource.Version}" : $"/apis/{resource.Group}/{resource.Version}";
        var collection = resource.Namespaced ? $"{root}/namespaces/{{namespace}}/{resource.Plural}" : $"{root}/{resource.Plural}";
        if (resource.Namespaced && resource.Offers("list"))
        {
            yield return new ApiOperation($"{root}/{resource.Plural}", "get", "list", resource, null, ForAllNamespaces: true);
        }

        foreach (var (verb, method, action) in CollectionVerbs())
        {
            if (resource.Offers(verb))
            {
                yield return new ApiOperation(collection, method, action, resource, null);
            }
        }

        var item = $"{collection}/{{name}}";
        foreach (var (verb, method, action) in ItemVerbs())
        {
            if (resource.Offers(verb))
            {
                yield return new ApiOperation(item, method, action, resource, null);
            }
        }

        foreach (var operation in resource.Subresources.SelectMany(subresource => Below(item, resource, subresource)))
        {
            yield return operation;
        }
    }

    private static IEnumerable<ApiOperation> Below(string item, ApiResource resource, ApiSubresource subresource)
    {
        var path = $"{item}/{subresource.Name}";
        var verbs = ItemVerbs().Append(("create", "post", "post")).Where(verb => subresource.Verbs.Contains(verb.Item1));
        foreach (var (_, method, action) in verbs)
        {
            yield return new ApiOperation(path, method, _streaming.Contains(subresource.Name) ? "connect" : action, resource, subresource);
        }
    }

    private static IEnumerable<(string Verb, string Method, string Action)> CollectionVerbs() =>
        [("list", "get", "list"), ("create", "post", "post"), ("deletecollection", "delete", "deletecollection")];

    private static IEnumerable<(string Verb, string Method, string Action)> ItemVerbs() =>
        [("get", "get", "get"), ("update", "put", "put"), ("patch", "patch", "patch"), ("delete", "delete", "delete")];
}
