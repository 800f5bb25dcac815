using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tests.Serving;

/// <summary>A cluster with the objects that the recorded refusals are about. The cases only read it, or fail to write.</summary>
public sealed class ErrorGoldenCluster : IAsyncLifetime
{
    public ClusterFixture Cluster { get; } = new();

    public async Task InitializeAsync()
    {
        await Cluster.InitializeAsync();
        foreach (string name in (string[])["err", "gold", "list"])
        {
            await Cluster.SendAsync("POST", "/api/v1/namespaces", JsonNode.Parse($$$"""{"metadata":{"name":"{{{name}}}"}}"""));
        }

        JsonNode pod = PodLifecycleTests.Pod("base");
        pod["metadata"]!["labels"] = new JsonObject { ["app"] = "x" };
        await Cluster.SendAsync("POST", "/api/v1/namespaces/err/pods", pod);
        await Cluster.SendAsync("POST", "/api/v1/namespaces/err/configmaps", JsonNode.Parse("""{"metadata":{"name":"cm"},"data":{"a":"1"}}"""));
        await Cluster.SendAsync("POST", "/api/v1/namespaces/err/serviceaccounts", JsonNode.Parse("""{"metadata":{"name":"default"}}"""));
        await Cluster.SendAsync("POST", "/api/v1/namespaces/gold/configmaps",
            JsonNode.Parse("""{"metadata":{"name":"frozen"},"data":{"a":"b"},"immutable":true}"""));
    }

    public Task DisposeAsync() => Cluster.DisposeAsync();
}
