using System.Globalization;
using System.Text.Json.Nodes;
using Harness.Simulator.Ec2;
using Harness.Simulator.Programs;
using Harness.Testing;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>The README's session, with each stock kubectl that is there.</summary>
public sealed class SampleSessionTests
{
    public static TheoryData<string> Kubectls() => StockKubectl.Found.Count > 0 ? new(StockKubectl.Found) : new("");

    [SkippableTheory]
    [MemberData(nameof(Kubectls))]
    public async Task Session_WithStockKubectl_RunsScalesShowsAndLeavesNothing(string program)
    {
        Skip.If(program.Length == 0, "No kubectl: run scripts/setup-peers kubectl");
        await using var simulator = await SimulatorFixture.StartAsync();
        var kubectl = simulator.Kubectl(program);

        Assert.Contains(" Ready ", await kubectl.RunAsync("get", "nodes", "-o", "wide"), StringComparison.Ordinal);
        await kubectl.RunAsync("apply", "-f", BuiltPrograms.Sample("pod.yaml"));
        await kubectl.RunAsync("apply", "-f", BuiltPrograms.Sample("deployment.yaml"));
        await kubectl.RunAsync("rollout", "status", "deployment/hello", "--timeout=120s");
        await kubectl.RunAsync("wait", "--for=condition=Ready", "pod/hello-pod", "--timeout=120s");
        AssertEachPodIsAProcess(simulator, await kubectl.JsonAsync("get", "pods"));

        await kubectl.RunAsync("scale", "deployment", "hello", "--replicas=10");
        await kubectl.RunAsync("rollout", "status", "deployment/hello", "--timeout=120s");
        var pods = await kubectl.JsonAsync("get", "pods", "-l", "app=hello");
        Assert.Equal(10, pods["items"]!.AsArray().Select(pod => (string)pod!["status"]!["podIP"]!).Distinct().Count());

        Assert.Contains("hello from hello-", await kubectl.RunAsync("logs", "deploy/hello"), StringComparison.Ordinal);
        var name = (string)pods["items"]![0]!["metadata"]!["name"]!;
        Assert.Contains("instance-id", await kubectl.RunAsync("describe", "pod", name), StringComparison.Ordinal);
        Assert.Contains("Scheduled", await kubectl.RunAsync("get", "events"), StringComparison.Ordinal);

        await kubectl.RunAsync("delete", "-f", Path.GetDirectoryName(BuiltPrograms.Sample("pod.yaml"))!, "--timeout=120s");
        await AssertNothingIsLeftAsync(simulator, kubectl);
    }

    private static void AssertEachPodIsAProcess(SimulatorFixture simulator, JsonNode pods)
    {
        var agents = simulator.Simulation.Status().Hosts.Select(host => host.Address).ToHashSet();
        Assert.Equal(4, pods["items"]!.AsArray().Count);
        foreach (var pod in pods["items"]!.AsArray())
        {
            Assert.Equal("Running", (string)pod!["status"]!["phase"]!);
            var uid = (string)pod["metadata"]!["uid"]!;
            Assert.Contains((string)pod["status"]!["podIP"]!, agents);
            var workload = Assert.Single(Workloads.Of(simulator, uid));
            Assert.Contains($"VKVM_POD_NAME={(string)pod["metadata"]!["name"]!}", Environ(workload));
            var instance = simulator.Simulation.Ec2.Find((string)pod["metadata"]!["annotations"]!["compute.amazonaws.com/instance-id"]!)!;
            Assert.Equal(uid, instance.Tags["PodUid"]);
        }
    }

    private static async Task AssertNothingIsLeftAsync(SimulatorFixture simulator, Kubectl kubectl)
    {
        await Eventually.TrueAsync(() => simulator.Simulation.Ec2.Snapshot().All(instance => instance.State == InstanceState.Terminated), "an instance is not terminated");
        await Eventually.TrueAsync(async () => (await kubectl.JsonAsync("get", "pods", "-A"))["items"]!.AsArray().Count == 0, "a pod is left");
        Assert.Empty(simulator.Simulation.Status().Hosts);
        Assert.Empty(ProcessTree.Find(simulator.Directory.Hosts, []));
        Assert.Empty(Directory.GetDirectories(simulator.Directory.Hosts));
    }

    private static string[] Environ(int pid)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/environ")).Split('\0');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
