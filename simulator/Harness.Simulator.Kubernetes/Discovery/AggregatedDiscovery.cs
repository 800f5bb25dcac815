using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.Discovery;

/// <summary>
/// Aggregated discovery (apidiscovery.k8s.io/v2): everything about all groups in one document for /api and one for /apis. Only v2 exists;
/// v2beta1 alone is not acceptable to a 1.34 server. Pure.
/// </summary>
internal static class AggregatedDiscovery
{
    /// <summary>The media type that asks for it, and labels it.</summary>
    public const string MediaType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    /// <summary><c>/api</c>: the core group.</summary>
    public static JsonObject Core(ResourceRegistry registry) => List([GroupOf(registry, "")]);

    /// <summary><c>/apis</c>: the named groups.</summary>
    public static JsonObject Groups(ResourceRegistry registry) =>
        List(DiscoveryDocuments.NamedGroups(registry).Select(group => GroupOf(registry, group)));

    /// <summary>The quoted ETag of a document as sent.</summary>
    public static string ETag(ReadOnlySpan<byte> body) => $"\"{Convert.ToHexString(SHA512.HashData(body))}\"";

    private static JsonObject List(IEnumerable<JsonObject> groups) => new()
    {
        ["kind"] = "APIGroupDiscoveryList",
        ["apiVersion"] = "apidiscovery.k8s.io/v2",
        ["metadata"] = new JsonObject(),
        ["items"] = new JsonArray([.. groups]),
    };

    private static JsonObject GroupOf(ResourceRegistry registry, string group) => new()
    {
        ["metadata"] = group.Length == 0 ? [] : new JsonObject { ["name"] = group },
        ["versions"] = new JsonArray([.. DiscoveryDocuments.Versions(registry, group).Select(version => VersionOf(registry, group, version))]),
    };

    private static JsonObject VersionOf(ResourceRegistry registry, string group, string version)
    {
        var resources = registry.All.Where(resource => resource.Group == group && resource.Version == version)
            .OrderBy(resource => resource.Plural, StringComparer.Ordinal);
        return new JsonObject
        {
            ["version"] = version,
            ["resources"] = new JsonArray([.. resources.Select(Resource)]),
            ["freshness"] = "Current",
        };
    }

    private static JsonObject Resource(ApiResource resource)
    {
        var result = new JsonObject
        {
            ["resource"] = resource.Plural,
            ["responseKind"] = KindOf(null, null, resource.Kind),
            ["scope"] = resource.Namespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = resource.Singular,
            ["verbs"] = DiscoveryDocuments.Texts(resource.Verbs),
        };
        DiscoveryDocuments.AddTexts(result, "shortNames", resource.ShortNames);
        DiscoveryDocuments.AddTexts(result, "categories", resource.Categories);
        if (resource.Subresources.Count > 0)
        {
            result["subresources"] = new JsonArray([.. resource.Subresources.Select(Subresource)]);
        }

        return result;
    }

    private static JsonObject Subresource(ApiSubresource subresource) => new()
    {
        ["subresource"] = subresource.Name,
        ["responseKind"] = KindOf(subresource.Group, subresource.Version, subresource.Kind),
        ["verbs"] = DiscoveryDocuments.Texts(subresource.Verbs),
    };

    // Group and version are empty where they are those of the surrounding document.
    private static JsonObject KindOf(string? group, string? version, string kind) =>
        new() { ["group"] = group ?? "", ["version"] = version ?? "", ["kind"] = kind };
}
