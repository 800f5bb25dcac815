using System.Diagnostics;
using System.Text.Json.Nodes;
using Harness.Ec2;
using Harness.Ec2.Model;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Clouds;
using Harness.Simulator.Programs;
using Harness.Simulator.State;
using Harness.Simulator.Tests.Sessions;
using Harness.Testing;

namespace Harness.Simulator.Tests.Moto;

/// <summary>The whole path with an EC2 that no one here wrote: the README's session, crashes, and nothing left behind in it.</summary>
public sealed class MotoSessionTests
{
    private const int ManyPods = 20;

    [SkippableFact]
    public async Task Session_OnMoto_RunsScalesShowsAndLeavesNothing()
    {
        MotoServer.Require();
        Skip.If(StockKubectl.Found.Count == 0, "No kubectl: run scripts/setup-peers kubectl");
        await using var moto = await MotoServer.StartAsync();
        var before = await moto.FoundAsync();
        await using (var simulator = await StartAsync(moto))
        {
            var kubectl = simulator.Kubectl(StockKubectl.Found[0]);
            Assert.Contains(" Ready ", await kubectl.RunAsync("get", "nodes", "-o", "wide"), StringComparison.Ordinal);
            await kubectl.RunAsync("apply", "-f", BuiltPrograms.Sample("pod.yaml"));
            await kubectl.RunAsync("apply", "-f", BuiltPrograms.Sample("deployment.yaml"));
            await kubectl.RunAsync("rollout", "status", "deployment/hello", "--timeout=180s");
            await kubectl.RunAsync("wait", "--for=condition=Ready", "pod/hello-pod", "--timeout=180s");
            await AssertEachPodIsAProcessAsync(simulator, moto, await kubectl.JsonAsync("get", "pods"));
            Assert.Contains("hello from hello-", await kubectl.RunAsync("logs", "deploy/hello"), StringComparison.Ordinal);

            await kubectl.RunAsync("delete", "-f", Path.GetDirectoryName(BuiltPrograms.Sample("pod.yaml"))!, "--timeout=180s");
            await AssertNothingRunsAsync(simulator, moto);
        }

        Assert.Equal(before, await moto.FoundAsync());
    }

    [SkippableFact]
    public async Task Provider_KilledAmongTwentyPods_AdoptsAllAndBuysNothingTwice()
    {
        MotoServer.Require();
        await using var moto = await MotoServer.StartAsync();
        await using var simulator = await StartAsync(moto);
        var names = Enumerable.Range(0, ManyPods).Select(number => $"pod-{number}").ToList();
        await Task.WhenAll(names.Select(name => simulator.Pods.CreateAsync(name, OfDefaultImage)));
        var before = await Task.WhenAll(names.Select(simulator.Pods.UntilRunningAsync));
        var workloads = before.ToDictionary(pod => pod.Metadata.Uid, pod => Assert.Single(Workloads.Of(simulator, pod.Metadata.Uid)));

        using (var provider = Process.GetProcessById(simulator.Simulation.Status().Provider!.Pid!.Value))
        {
            provider.Kill();
        }

        await Task.WhenAll(before.Select(pod => simulator.Pods.UntilEventAsync(pod, "AgentConnected", "is followed")));
        foreach (var pod in before)
        {
            var now = await simulator.Pods.UntilRunningAsync(pod.Metadata.Name);
            Assert.Equal(pod.Status.ContainerStatuses, now.Status.ContainerStatuses);
            Assert.Equal(workloads[pod.Metadata.Uid], Assert.Single(Workloads.Of(simulator, pod.Metadata.Uid)));
        }

        var instances = await InstancesAsync(moto);
        Assert.Equal(ManyPods, instances.Count);
        Assert.Equal(ManyPods, instances.Select(instance => TagOf(instance, "PodUid")).Distinct().Count());
        await Task.WhenAll(names.Select(name => simulator.Pods.DeleteAsync(name)));
        await Eventually.TrueAsync(async () => (await Task.WhenAll(names.Select(simulator.Pods.FindAsync))).All(pod => pod is null), "a pod is left");
        await AssertNothingRunsAsync(simulator, moto);
    }

    [SkippableFact]
    public async Task Simulator_KilledWithAPod_DownRemovesAllItMadeInMoto()
    {
        MotoServer.Require();
        await using var moto = await MotoServer.StartAsync();
        var before = await moto.FoundAsync();
        using var folder = new TemporaryFolder();
        var directory = new SimDirectory(Path.Combine(folder.Path, "sim"));
        (await SimAsync("up", "--detach", "--dir", directory.Root, "--timeout", "2m", "--ec2", "endpoint", "--ec2-endpoint", moto.Access.Endpoint.ToString())).MustSucceed();
        Assert.NotEqual(before, await moto.FoundAsync());

        var record = RunRecord.Read(directory)!;
        Signal.SendKill(record.Simulator);
        await Eventually.TrueAsync(() => !record.Simulator.IsAlive, "the simulator outlived a kill");
        (await SimAsync("down", "--dir", directory.Root)).MustSucceed();

        Assert.Equal(before, await moto.FoundAsync());
    }

    [SkippableFact]
    public async Task Session_AddressesOutsideLoopback_PodRunsThereAndTheAddressGoesWithIt()
    {
        MotoServer.Require();
        Skip.IfNot(Environment.IsPrivilegedProcess, "Adding addresses to the loopback interface needs root");
        await using var moto = await MotoServer.StartAsync();
        await using var simulator = await StartAsync(moto, cidr: "10.143.0.0/16");
        await simulator.Pods.CreateAsync("private", OfDefaultImage);

        var pod = await simulator.Pods.UntilRunningAsync("private");

        Assert.StartsWith("10.143.", pod.Status.PodIP, StringComparison.Ordinal);
        Assert.Contains($" {pod.Status.PodIP}/32 ", await LoopbackAsync(), StringComparison.Ordinal);
        await simulator.Pods.DeleteAsync("private");
        await Eventually.TrueAsync(async () => !(await LoopbackAsync()).Contains($" {pod.Status.PodIP}/32 ", StringComparison.Ordinal), "the address is left");
    }

    private static Task<SimulatorFixture> StartAsync(MotoServer moto, string? cidr = null) =>
        SimulatorFixture.StartAsync(options => options with { Cloud = new CloudChoice.Endpoint(moto.Access, cidr) });

    private static void OfDefaultImage(Pod pod) => pod.Metadata.Annotations.Remove(VirtualPod.Annotations + "image-id");

    private static async Task AssertEachPodIsAProcessAsync(SimulatorFixture simulator, MotoServer moto, JsonNode pods)
    {
        var instances = (await InstancesAsync(moto)).ToDictionary(instance => instance.InstanceId);
        Assert.Equal(4, pods["items"]!.AsArray().Count);
        foreach (var pod in pods["items"]!.AsArray())
        {
            var uid = (string)pod!["metadata"]!["uid"]!;
            var instance = instances[(string)pod["metadata"]!["annotations"]!["compute.amazonaws.com/instance-id"]!];
            Assert.Equal(uid, TagOf(instance, "PodUid"));
            Assert.Equal((string)pod["status"]!["podIP"]!, instance.PrivateIpAddress);
            Assert.Single(Workloads.Of(simulator, uid));
        }
    }

    private static async Task AssertNothingRunsAsync(SimulatorFixture simulator, MotoServer moto)
    {
        await Eventually.TrueAsync(
            async () => (await InstancesAsync(moto)).All(instance => instance.State?.Name == InstanceStateName.Terminated), "an instance is not terminated");
        await Eventually.TrueAsync(() => simulator.Simulation.Status().Hosts.Count == 0, "a host is on");
        await Eventually.TrueAsync(() => Directory.GetDirectories(simulator.Directory.Hosts).Length == 0, "a disk is left");
        Assert.Empty(ProcessTree.Find(simulator.Directory.Hosts, []));
    }

    private static async Task<List<Instance>> InstancesAsync(MotoServer moto)
    {
        var instances = new List<Instance>();
        await foreach (var instance in moto.Ec2.ListInstancesAsync(new DescribeInstancesRequest()))
        {
            instances.Add(instance);
        }

        return instances;
    }

    private static string? TagOf(Instance instance, string key) => instance.Tags.FirstOrDefault(tag => tag.Key == key)?.Value;

    private static async Task<string> LoopbackAsync() => (await ProgramRun.OfAsync("ip", ["-4", "address", "show", "dev", "lo"])).MustSucceed();

    private static Task<ProgramRun> SimAsync(params string[] arguments) => ProgramRun.OfAsync(BuiltPrograms.Simulator, arguments);
}
