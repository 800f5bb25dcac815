using System.Text.Json.Nodes;
using Harness.Kubernetes.Objects.Json;
using Harness.Simulator.Composition;
using Harness.Simulator.Tests.Sessions;
using Harness.Testing;

namespace Harness.Simulator.Tests.Manifests;

/// <summary>The manifests of kind/: what they grant is what the simulator grants, and the embedded cluster takes them.</summary>
public sealed class ProviderManifestTests
{
    [Fact]
    public void BaseRole_OfTheManifests_IsWhatTheSimulatorGrants()
    {
        var manifests = new[] { "namespace.yaml", "service-account.yaml", "roles.yaml" }.SelectMany(file => Manifest.Read("core", file)).ToDictionary(Key);
        var granted = ProviderRole.Objects()
            .Select(item => KubernetesJson.ToDocument(item, new KubernetesJsonOptions { OnlySetFields = true })).ToDictionary(Key);

        Assert.Equal(manifests.Keys.Order(), granted.Keys.Order());
        Assert.All(manifests, pair => Assert.True(
            JsonNode.DeepEquals(pair.Value, granted[pair.Key]), $"{pair.Key}: kind/ has {pair.Value.ToJsonString()}, the simulator grants {granted[pair.Key].ToJsonString()}"));
    }

    public static TheoryData<string> Kubectls() => StockKubectl.Found.Count > 0 ? new(StockKubectl.Found) : new("");

    /// <summary>The embedded cluster speaks policy/v1, which the real API server of scripts/control-plane.sh does not.</summary>
    [SkippableTheory]
    [MemberData(nameof(Kubectls))]
    public async Task Manifests_OnTheEmbeddedCluster_AreTaken(string program)
    {
        Skip.If(program.Length == 0, "No kubectl: run scripts/setup-peers kubectl");
        await using var simulator = await SimulatorFixture.StartAsync();
        var kubectl = simulator.Kubectl(program);
        var rendered = Path.Combine(simulator.Directory.Root, "base.yaml");
        await File.WriteAllTextAsync(rendered, await Rendered(kubectl));

        await kubectl.RunAsync("apply", "--dry-run=server", "-f", rendered);
        await kubectl.RunAsync("apply", "-f", rendered);
        await kubectl.RunAsync("apply", "-f", Path.Combine(Manifest.Folder, "roles"));

        var budget = await kubectl.JsonAsync("get", "poddisruptionbudgets.v1.policy", "virtual-kubelet", "-n", "virtual-kubelet");
        Assert.Equal(1, (int)budget["spec"]!["maxUnavailable"]!);
        var set = await kubectl.JsonAsync("get", "statefulset", "virtual-kubelet", "-n", "virtual-kubelet");
        Assert.Equal("virtual-kubelet-sa", (string)set["spec"]!["template"]!["spec"]!["serviceAccountName"]!);
        Assert.Contains("unchanged", await kubectl.RunAsync("apply", "-f", rendered), StringComparison.Ordinal);
    }

    /// <summary>kubectl 1.20 knows folders as bases only, so it cannot read the base, which is for later clusters and their kubectl.</summary>
    private static async Task<string> Rendered(Kubectl kubectl)
    {
        var version = (string)(await kubectl.JsonAsync("version", "--client"))["clientVersion"]!["minor"]!;
        return version != "20"
            ? await kubectl.RunAsync("kustomize", Path.Combine(Manifest.Folder, "base"))
            : await kubectl.RunAsync("kustomize", Path.Combine(Manifest.Folder, "core"))
                + "---\n" + await File.ReadAllTextAsync(Path.Combine(Manifest.Folder, "base", "pod-disruption-budget.yaml"));
    }

    private static string Key(JsonObject item)
    {
        var metadata = item["metadata"]!;
        return $"{(string)item["kind"]!} {(string?)metadata["namespace"]}/{(string)metadata["name"]!}";
    }
}
