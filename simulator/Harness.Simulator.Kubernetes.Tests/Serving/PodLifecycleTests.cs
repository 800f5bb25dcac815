using System.Text.Json.Nodes;
using Harness.Testing;

namespace Harness.Simulator.Kubernetes.Tests.Serving;

public sealed class PodLifecycleTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private const string Pods = "/api/v1/namespaces/default/pods";

    [Fact]
    public async Task Create_MinimalPod_HasDefaultsAndPendingStatus()
    {
        (int code, JsonNode pod) = await CreateAsync("minimal");
        Assert.Equal(201, code);
        Assert.Equal("Pending", (string?)pod["status"]!["phase"]);
        Assert.Equal("BestEffort", (string?)pod["status"]!["qosClass"]);
        Assert.Equal("Always", (string?)pod["spec"]!["restartPolicy"]);
        Assert.Equal(1, (int)pod["metadata"]!["generation"]!);
    }

    [Fact]
    public async Task Delete_BoundPod_WaitsOutItsGraceUntilTheKubeletEndsIt()
    {
        await CreateAsync("bound");
        (int bound, JsonNode answer) = await cluster.SendAsync("POST", $"{Pods}/bound/binding", Binding("node-a"));
        Assert.Equal(201, bound);
        Assert.Equal("Success", (string?)answer["status"]);
        (int again, JsonNode refusal) = await cluster.SendAsync("POST", $"{Pods}/bound/binding", Binding("node-b"));
        Assert.Equal(409, again);
        Assert.Equal("Operation cannot be fulfilled on pods/binding \"bound\": pod bound is already assigned to node \"node-a\"", (string?)refusal["message"]);

        (_, JsonNode marked) = await cluster.SendAsync("DELETE", $"{Pods}/bound");
        Assert.Equal(30, (int)marked["metadata"]!["deletionGracePeriodSeconds"]!);
        Assert.Equal(2, (int)marked["metadata"]!["generation"]!);
        (_, JsonNode longer) = await cluster.SendAsync("DELETE", $"{Pods}/bound?gracePeriodSeconds=60");
        Assert.Equal((string?)marked["metadata"]!["resourceVersion"], (string?)longer["metadata"]!["resourceVersion"]);
        (_, JsonNode shorter) = await cluster.SendAsync("DELETE", $"{Pods}/bound?gracePeriodSeconds=1");
        Assert.Equal(1, (int)shorter["metadata"]!["deletionGracePeriodSeconds"]!);
        (int ended, _) = await cluster.SendAsync("DELETE", $"{Pods}/bound?gracePeriodSeconds=0");
        Assert.Equal(200, ended);
        Assert.Equal(404, (await cluster.SendAsync("GET", $"{Pods}/bound")).Code);
    }

    [Fact]
    public async Task Delete_PodWithFinalizer_StaysUntilTheFinalizerIsGone()
    {
        JsonNode pod = Pod("held");
        pod["metadata"]!["finalizers"] = new JsonArray("example.com/x");
        await cluster.SendAsync("POST", Pods, pod);
        await cluster.SendAsync("DELETE", $"{Pods}/held?gracePeriodSeconds=0");
        (int code, JsonNode refusal) = await cluster.SendAsync("POST", Pods, Pod("held"));
        Assert.Equal(409, code);
        Assert.Equal("object is being deleted: pods \"held\" already exists", (string?)refusal["message"]);
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["finalizers"] = null } };
        Assert.Equal(200, (await cluster.SendAsync("PATCH", $"{Pods}/held", patch, "application/merge-patch+json")).Code);
        Assert.Equal(404, (await cluster.SendAsync("GET", $"{Pods}/held")).Code);
    }

    [Fact]
    public async Task Patch_StatusSubresource_LeavesTheSpecAndTheGeneration()
    {
        await CreateAsync("status");
        JsonNode patch = JsonNode.Parse("""{"status":{"phase":"Running","podIP":"127.9.0.4"},"spec":{"nodeName":"x"}}""")!;
        (int code, JsonNode pod) = await cluster.SendAsync("PATCH", $"{Pods}/status/status", patch, "application/strategic-merge-patch+json");
        Assert.Equal(200, code);
        Assert.Equal("Running", (string?)pod["status"]!["phase"]);
        Assert.Equal("127.9.0.4", (string?)pod["status"]!["podIPs"]![0]!["ip"]);
        Assert.Null(pod["spec"]!["nodeName"]);
        Assert.Equal(1, (int)pod["metadata"]!["generation"]!);
    }

    [Fact]
    public async Task Delete_Namespace_EmptiesAndEndsIt()
    {
        await cluster.SendAsync("POST", "/api/v1/namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "going" } });
        await cluster.SendAsync("POST", "/api/v1/namespaces/going/pods", Pod("in"));
        (_, JsonNode space) = await cluster.SendAsync("DELETE", "/api/v1/namespaces/going");
        Assert.Equal("Terminating", (string?)space["status"]!["phase"]);
        await Eventually.TrueAsync(
            async () => (await cluster.SendAsync("GET", "/api/v1/namespaces/going")).Code == 404, "the namespace is still there");

        Assert.Empty((await cluster.SendAsync("GET", "/api/v1/namespaces/going/pods")).Body["items"]!.AsArray());
    }

    internal static JsonNode Pod(string name) => JsonNode.Parse(
        $$$"""{"metadata":{"name":"{{{name}}}"},"spec":{"automountServiceAccountToken":false,"containers":[{"name":"c","image":"nginx:1"}]}}""")!;

    private static JsonNode Binding(string node) => JsonNode.Parse($$$"""{"target":{"kind":"Node","name":"{{{node}}}"}}""")!;

    private Task<(int Code, JsonNode Body)> CreateAsync(string name) => cluster.SendAsync("POST", Pods, Pod(name));
}
