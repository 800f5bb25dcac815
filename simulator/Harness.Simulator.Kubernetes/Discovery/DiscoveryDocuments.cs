using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.Discovery;

/// <summary>
/// The documents by which clients find out what the server offers: /api, /apis and what is below them, in their plain form. Pure functions
/// of a registry; the server may keep what they return.
/// </summary>
internal static class DiscoveryDocuments
{
    /// <summary><c>/api</c>: the versions of the core group.</summary>
    /// <param name="registry">What is offered.</param>
    /// <param name="serverAddress">Host and port under which the server sees itself.</param>
    public static JsonObject ApiVersions(ResourceRegistry registry, string serverAddress) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray([.. Versions(registry, "").Select(version => JsonValue.Create(version))]),
        ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = serverAddress }),
    };

    /// <summary><c>/apis</c>: the named groups.</summary>
    public static JsonObject Groups(ResourceRegistry registry) => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. NamedGroups(registry).Select(group => GroupFields(registry, group))]),
    };

    /// <summary><c>/apis/GROUP</c>, or null for a group that is not offered.</summary>
    public static JsonObject? Group(ResourceRegistry registry, string group)
    {
        if (group.Length == 0 || !registry.HasGroup(group))
        {
            return null;
        }

        var result = new JsonObject { ["kind"] = "APIGroup", ["apiVersion"] = "v1" };
        foreach (var (name, value) in GroupFields(registry, group).ToArray())
        {
            result[name] = value?.DeepClone();
        }

        return result;
    }

    /// <summary><c>/api/v1</c> or <c>/apis/GROUP/VERSION</c>, or null for a version that is not offered.</summary>
    public static JsonObject? Resources(ResourceRegistry registry, string group, string version)
    {
        if (!registry.HasVersion(group, version))
        {
            return null;
        }

        var result = new JsonObject { ["kind"] = "APIResourceList" };
        if (group.Length > 0)
        {
            result["apiVersion"] = "v1";
        }

        var resources = registry.All.Where(resource => resource.Group == group && resource.Version == version)
            .OrderBy(resource => resource.Plural, StringComparer.Ordinal);
        result["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}";
        result["resources"] = new JsonArray([.. resources.SelectMany(resource => ResourceAndBelow(resource))]);
        return result;
    }

    /// <summary>The named groups, in the registry's order.</summary>
    internal static IEnumerable<string> NamedGroups(ResourceRegistry registry) =>
        registry.All.Select(resource => resource.Group).Where(group => group.Length > 0).Distinct();

    /// <summary>A group's versions, in the registry's order: the first one is preferred.</summary>
    internal static IEnumerable<string> Versions(ResourceRegistry registry, string group) =>
        registry.All.Where(resource => resource.Group == group).Select(resource => resource.Version).Distinct();

    private static JsonObject GroupFields(ResourceRegistry registry, string group)
    {
        var versions = Versions(registry, group).Select(version => GroupVersion(group, version)).ToArray();
        return new JsonObject
        {
            ["name"] = group,
            ["versions"] = new JsonArray([.. versions]),
            ["preferredVersion"] = versions[0].DeepClone(),
        };
    }

    private static JsonObject GroupVersion(string group, string version) =>
        new() { ["groupVersion"] = $"{group}/{version}", ["version"] = version };

    private static IEnumerable<JsonObject> ResourceAndBelow(ApiResource resource)
    {
        yield return Resource(resource);
        foreach (var subresource in resource.Subresources)
        {
            yield return Subresource(resource, subresource);
        }
    }

    private static JsonObject Resource(ApiResource resource)
    {
        var result = new JsonObject
        {
            ["name"] = resource.Plural,
            ["singularName"] = resource.Singular,
            ["namespaced"] = resource.Namespaced,
            ["kind"] = resource.Kind,
            ["verbs"] = Texts(resource.Verbs),
        };
        AddTexts(result, "shortNames", resource.ShortNames);
        AddTexts(result, "categories", resource.Categories);
        if (resource.Stored)
        {
            result["storageVersionHash"] = StorageVersionHash(resource.StoredAs ?? resource);
        }

        return result;
    }

    private static JsonObject Subresource(ApiResource resource, ApiSubresource subresource)
    {
        var result = new JsonObject
        {
            ["name"] = $"{resource.Plural}/{subresource.Name}",
            ["singularName"] = "",
            ["namespaced"] = resource.Namespaced,
        };
        if (subresource.Group is { } group)
        {
            result["group"] = group;
        }

        if (subresource.Version is { } version)
        {
            result["version"] = version;
        }

        result["kind"] = subresource.Kind;
        result["verbs"] = Texts(subresource.Verbs);
        return result;
    }

    // Opaque to clients; made as a real API server makes it, so that recordings compare equal.
    private static string StorageVersionHash(ApiResource resource)
    {
        var name = Encoding.UTF8.GetBytes($"{resource.Group}/{resource.Version}/{resource.Kind}");
        return Convert.ToBase64String(SHA256.HashData(name).AsSpan(0, 8));
    }

    internal static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    internal static void AddTexts(JsonObject target, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
        {
            target[name] = Texts(texts);
        }
    }
}
