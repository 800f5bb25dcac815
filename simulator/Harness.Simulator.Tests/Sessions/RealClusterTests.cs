using System.Text.Json.Nodes;
using Harness.Simulator.Composition;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Programs;
using Harness.Simulator.State;
using Harness.Testing;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>What only a real control plane can tell of the provider: by its audit log, its metrics, and its own crash.</summary>
[Collection(SharedSimulatorTests.Name)]
public sealed class RealClusterTests(SharedSimulator shared)
{
    /// <summary>Nobody but the provider writes these: no other node is there, and the control plane elects no leaders.</summary>
    private static readonly string[] ProviderOnly = ["resource=\"leases\",scope=\"resource\",subresource=\"\",verb=\"P", "resource=\"nodes\",scope=\"resource\",subresource=\"\",verb=\"POST\""];

    private PodSession Pods => shared.Simulator.Pods;

    [SkippableFact]
    public async Task Provider_RunsAndDeletesAPod_AsItsServiceAccountAndIsRefusedNothing()
    {
        ChosenCluster.RequireReal();
        await Pods.CreateAsync("judged");
        await Pods.UntilRunningAsync("judged");
        await Pods.DeleteAllAsync();

        var requests = await ProviderRequestsAsync();
        Assert.Contains(requests, request => Verb(request) == "delete pods");
        Assert.All(requests, request => Assert.NotInRange(Code(request), 401, 403));
        Assert.All(requests, request => Assert.DoesNotContain("system:masters", request["user"]!["groups"]!.ToJsonString(), StringComparison.Ordinal));
        Assert.DoesNotContain(requests, request => Code(request) is 400 or 409 or 422);
    }

    [SkippableFact]
    public async Task Provider_SpeaksProtobuf_ByTheApiServersOwnCount()
    {
        ChosenCluster.RequireReal();
        var metrics = await Administrator().TextAsync("/metrics", CancellationToken.None);
        Skip.IfNot(metrics.Contains("contentType=", StringComparison.Ordinal), "This API server does not count by content type; 1.20 does");

        var counted = metrics.Split('\n').Where(line => line.StartsWith("apiserver_request_total", StringComparison.Ordinal)
            && ProviderOnly.Any(part => line.Contains(part, StringComparison.Ordinal))).ToList();

        Assert.NotEmpty(counted);
        Assert.All(counted, line => Assert.Contains("contentType=\"application/vnd.kubernetes.protobuf\"", line, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task ApiServer_Killed_PodsGoOnAndNewOnesCome()
    {
        ChosenCluster.RequireReal();
        await Pods.CreateAsync("before");
        var before = await Pods.UntilRunningAsync("before");
        var workload = Assert.Single(Workloads.Of(shared.Simulator, before.Metadata.Uid));
        var first = ApiServer();

        Signal.SendKill(first);
        await Eventually.TrueAsync(() => ApiServer() != first, "the API server is not started again");
        await Eventually.TrueAsync(AnswersAsync, "the API server does not answer again");
        await Pods.CreateAsync("after");

        await Pods.UntilRunningAsync("after");
        var now = await Pods.UntilRunningAsync("before");
        Assert.Equal(before.Status.ContainerStatuses, now.Status.ContainerStatuses);
        Assert.Equal(workload, Assert.Single(Workloads.Of(shared.Simulator, before.Metadata.Uid)));
        Assert.Equal(0, shared.Simulator.Simulation.Status().Provider!.Restarts);
        await Pods.DeleteAllAsync();
    }

    private HttpApiClient Administrator() => (HttpApiClient)shared.Simulator.Simulation.Administrator;

    private ProcessIdentity ApiServer() => RunRecord.Read(shared.Simulator.Directory)!.Programs["kube-apiserver"];

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return await Administrator().TextAsync("/readyz", CancellationToken.None) == "ok";
        }
        catch (Exception exception) when (exception is HttpRequestException or Kubernetes.Errors.ApiStatusException)
        {
            return false;
        }
    }

    /// <summary>The audit log is written while it is read: its last line may be half there.</summary>
    private async Task<IReadOnlyList<JsonNode>> ProviderRequestsAsync()
    {
        await using var file = new FileStream(Path.Combine(shared.Simulator.Directory.Kubernetes, "audit.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var text = await reader.ReadToEndAsync();
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!)
            .Where(request => (string)request["user"]!["username"]! == ProviderRole.UserName)];
    }

    private static string Verb(JsonNode request) => $"{(string?)request["verb"]} {(string?)request["objectRef"]?["resource"]}";

    private static int Code(JsonNode request) => (int?)request["responseStatus"]?["code"] ?? 0;
}
