using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tests.Serving;

public sealed class WatchTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task Watch_PodsOfASelector_TellsWhatARealServerTells()
    {
        string pods = await NamespaceAsync("watch");
        (_, JsonNode list) = await cluster.SendAsync("GET", pods);
        Task<List<string>> watch = ReadAsync($"{pods}?watch=true&labelSelector=in%3Dyes&resourceVersion={list["metadata"]!["resourceVersion"]}", 4);
        JsonNode pod = PodLifecycleTests.Pod("second");
        pod["metadata"]!["labels"] = new JsonObject { ["in"] = "yes" };
        await cluster.SendAsync("POST", pods, pod);
        await LabelAsync(pods, "no");
        await LabelAsync(pods, "yes");
        await LabelAsync(pods, "no");
        Assert.Equal(["ADDED yes", "DELETED yes", "ADDED yes", "DELETED yes"], await watch);
    }

    [Fact]
    public async Task Watch_InitialEvents_EndWithTheirBookmark()
    {
        string pods = await NamespaceAsync("initial");
        await cluster.SendAsync("POST", pods, PodLifecycleTests.Pod("a"));
        List<string> told = await ReadAsync($"{pods}?watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan", 2);
        Assert.Equal(["ADDED ", "BOOKMARK end"], told);
    }

    [Fact]
    public async Task Watch_UnscheduledPodIsDeleted_TellsModifiedThenDeleted()
    {
        string pods = await NamespaceAsync("ending");
        (_, JsonNode pod) = await cluster.SendAsync("POST", pods, PodLifecycleTests.Pod("p"));
        Task<List<string>> watch = ReadAsync($"{pods}?watch=true&resourceVersion={pod["metadata"]!["resourceVersion"]}", 2);
        await cluster.SendAsync("DELETE", $"{pods}/p");
        Assert.Equal(["MODIFIED ", "DELETED "], await watch);
    }

    [Fact]
    public async Task Watch_RevisionThatWasCompacted_TellsOneErrorAndEnds()
    {
        string pods = await NamespaceAsync("compacted");
        (_, JsonNode first) = await cluster.SendAsync("POST", pods, PodLifecycleTests.Pod("a"));
        await cluster.SendAsync("POST", pods, PodLifecycleTests.Pod("b"));
        cluster.Cluster.Store.Compact();

        using HttpResponseMessage answer = await cluster.Admin.GetAsync($"{pods}?watch=true&resourceVersion={first["metadata"]!["resourceVersion"]}");
        Assert.Equal(200, (int)answer.StatusCode);
        string line = Assert.Single((await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        JsonNode told = JsonNode.Parse(line)!;
        Assert.Equal("ERROR", (string?)told["type"]);
        Assert.Equal("Status", (string?)told["object"]!["kind"]);
        Assert.Equal("Expired", (string?)told["object"]!["reason"]);
        Assert.Equal(410, (int)told["object"]!["code"]!);
    }

    private Task<(int Code, JsonNode Body)> LabelAsync(string pods, string value) => cluster.SendAsync(
        "PATCH", $"{pods}/second", JsonNode.Parse($$$$"""{"metadata":{"labels":{"in":"{{{{value}}}}"}}}"""), "application/merge-patch+json");

    private async Task<string> NamespaceAsync(string name)
    {
        await cluster.SendAsync("POST", "/api/v1/namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } });
        return $"/api/v1/namespaces/{name}/pods";
    }

    private async Task<List<string>> ReadAsync(string path, int count)
    {
        using HttpResponseMessage answer = await cluster.Admin.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var told = new List<string>();
        while (told.Count < count && await reader.ReadLineAsync() is { } line)
        {
            JsonNode change = JsonNode.Parse(line)!;
            JsonNode value = change["object"]!;
            string more = (string?)value["reason"]
                ?? (value["metadata"]!["annotations"]?["k8s.io/initial-events-end"] is not null ? "end" : (string?)value["metadata"]!["labels"]?["in"] ?? "");
            told.Add($"{change["type"]} {more}");
        }

        return told;
    }
}
