using System.Text.Json.Nodes;
using Harness.Simulator.Kubernetes.Discovery;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.Tests.Discovery;

/// <summary>What discovery says of a resource is what a real API server says of it; that server offers more, which is left out.</summary>
public sealed class DiscoveryGoldenTests
{
    private static readonly ResourceRegistry _registry = ResourceRegistry.BuiltIn;

    public static IEnumerable<object[]> GroupVersions =>
        _registry.All.Select(resource => (resource.Group, resource.Version)).Distinct()
            .Where(version => File.Exists(Path.Combine(AppContext.BaseDirectory, "goldens", FileOf(version.Group, version.Version))))
            .Select(version => new object[] { version.Group, version.Version });

    [Theory]
    [MemberData(nameof(GroupVersions))]
    public void Resources_OfAGroupVersion_AreThoseRecorded(string group, string version)
    {
        var golden = Golden.Json(FileOf(group, version));
        var document = DiscoveryDocuments.Resources(_registry, group, version)!;
        AssertEachRecorded(golden["resources"]!.AsArray(), document["resources"]!.AsArray(), "name");
        golden.Remove("resources");
        document.Remove("resources");
        Assert.Equal(golden.ToJsonString(), document.ToJsonString());
    }

    [Fact]
    public void ApiVersions_IsAsRecorded() =>
        Assert.Equal(Golden.Json("discovery/api.json").ToJsonString(), DiscoveryDocuments.ApiVersions(_registry, "127.0.0.1:26443").ToJsonString());

    [Fact]
    public void Groups_AreThoseRecorded() =>
        AssertEachRecorded(Golden.Json("discovery/apis.json")["groups"]!.AsArray(), DiscoveryDocuments.Groups(_registry)["groups"]!.AsArray(), "name");

    [Fact]
    public void Group_Apps_IsAsRecorded() =>
        Assert.Equal(Golden.Json("discovery/apis-apps.json").ToJsonString(), DiscoveryDocuments.Group(_registry, "apps")!.ToJsonString());

    [Fact]
    public void Group_Unknown_IsNull()
    {
        Assert.Null(DiscoveryDocuments.Group(_registry, "nope"));
        Assert.Null(DiscoveryDocuments.Resources(_registry, "apps", "v9"));
    }

    [Fact]
    public void AggregatedCore_ResourcesAreThoseRecorded() =>
        AssertGroups(Golden.Json("discovery/api.aggregated-v2.json"), AggregatedDiscovery.Core(_registry));

    [Fact]
    public void AggregatedGroups_ResourcesAreThoseRecorded() =>
        AssertGroups(Golden.Json("discovery/apis.aggregated-v2.json"), AggregatedDiscovery.Groups(_registry));

    [Fact]
    public void ETag_OfABody_IsItsQuotedHash() => Assert.Matches("^\"[0-9A-F]{128}\"$", AggregatedDiscovery.ETag("x"u8));

    private static string FileOf(string group, string version) => $"discovery/{(group.Length == 0 ? "api" : $"apis-{group}")}-{version}.json";

    private static void AssertGroups(JsonObject golden, JsonObject document)
    {
        foreach (var group in document["items"]!.AsArray())
        {
            var recorded = golden["items"]!.AsArray().Single(item => JsonNode.DeepEquals(item!["metadata"], group!["metadata"]));
            AssertEachRecorded(recorded!["versions"]![0]!["resources"]!.AsArray(), group!["versions"]![0]!["resources"]!.AsArray(), "resource");
            Assert.Equal("Current", group["versions"]![0]!["freshness"]!.GetValue<string>());
        }

        Assert.Equal("apidiscovery.k8s.io/v2", document["apiVersion"]!.GetValue<string>());
    }

    private static void AssertEachRecorded(JsonArray golden, JsonArray actual, string key)
    {
        var recorded = golden.ToDictionary(item => item![key]!.GetValue<string>());
        foreach (var item in actual)
        {
            var expected = recorded[item![key]!.GetValue<string>()]!.AsObject();
            KeepOffered(expected, item.AsObject());
            Assert.Equal(expected.ToJsonString(), item.ToJsonString());
        }
    }

    // Subresources that are not offered here.
    private static void KeepOffered(JsonObject recorded, JsonObject actual)
    {
        var offered = (actual["subresources"] as JsonArray ?? []).Select(item => item!["subresource"]!.GetValue<string>()).ToHashSet();
        (recorded["subresources"] as JsonArray)?.RemoveAll(item => !offered.Contains(item!["subresource"]!.GetValue<string>()));
    }
}
