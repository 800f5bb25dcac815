using System.Diagnostics;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Testing;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>The provider is killed, among running pods and amid a launch; what the next one finds is adopted, nothing is bought twice.</summary>
public sealed class RecoveryTests
{
    /// <summary>On a real control plane more, since nothing of it is this process's own work.</summary>
    private static readonly int Pods = ChosenCluster.IsReal ? 20 : 6;

    [Fact]
    public async Task Provider_Killed_AdoptsWhatRunsAndFinishesWhatWasBegun()
    {
        await using var simulator = await SimulatorFixture.StartAsync();
        var pods = simulator.Pods;
        var before = await RunAsync(pods, "first");
        var workloads = before.ToDictionary(pod => pod.Metadata.Uid, pod => Assert.Single(Workloads.Of(simulator, pod.Metadata.Uid)));

        Kill(simulator);
        await Task.WhenAll(before.Select(pod => pods.UntilEventAsync(pod, "AgentConnected", "is followed")));
        await AssertUntouchedAsync(simulator, before, workloads);

        await KillAmidLaunchAsync(simulator);
        var after = await Task.WhenAll(Names("second").Select(pods.UntilRunningAsync));
        await AssertUntouchedAsync(simulator, before, workloads);
        foreach (var pod in after)
        {
            await AssertOneOfEachAsync(simulator, pod);
        }

        Assert.Equal(2 * Pods, simulator.Simulation.Ec2.Snapshot().Count);
        Assert.Equal(2, simulator.Simulation.Status().Provider!.Restarts);
        await pods.DeleteAllAsync();
    }

    private static IEnumerable<string> Names(string prefix) => Enumerable.Range(0, Pods).Select(number => $"{prefix}-{number}");

    private static async Task<Pod[]> RunAsync(PodSession pods, string prefix)
    {
        foreach (var name in Names(prefix))
        {
            await pods.CreateAsync(name);
        }

        return await Task.WhenAll(Names(prefix).Select(pods.UntilRunningAsync));
    }

    /// <summary>Kills the provider at the moment at which EC2 launches the first instance of the second pods.</summary>
    private static async Task KillAmidLaunchAsync(SimulatorFixture simulator)
    {
        await Eventually.TrueAsync(() => simulator.Simulation.Status().Provider!.Restarts == 1, "the provider was not started again");
        await simulator.Pods.UntilLaunchAsync(async () =>
        {
            foreach (var name in Names("second"))
            {
                await simulator.Pods.CreateAsync(name);
            }
        });
        Kill(simulator);
    }

    private static void Kill(SimulatorFixture simulator)
    {
        using var provider = Process.GetProcessById(simulator.Simulation.Status().Provider!.Pid!.Value);
        provider.Kill();
    }

    private static async Task AssertUntouchedAsync(SimulatorFixture simulator, IEnumerable<Pod> pods, Dictionary<string, int> workloads)
    {
        foreach (var pod in pods)
        {
            var now = await AssertOneOfEachAsync(simulator, pod);
            Assert.Equal(workloads[pod.Metadata.Uid], Assert.Single(Workloads.Of(simulator, pod.Metadata.Uid)));
            Assert.Equal(pod.Status.ContainerStatuses, now.Status.ContainerStatuses);
            Assert.Equal(pod.Status.PodIP, now.Status.PodIP);
        }
    }

    /// <summary>One running pod, one instance, one process.</summary>
    private static async Task<Pod> AssertOneOfEachAsync(SimulatorFixture simulator, Pod pod)
    {
        var now = await simulator.Pods.UntilRunningAsync(pod.Metadata.Name);
        Assert.Equal(pod.Metadata.Uid, now.Metadata.Uid);
        var instance = Assert.Single(simulator.Pods.Instances(pod));
        Assert.Equal(now.Metadata.Annotations[VirtualPod.Annotations + "instance-id"], instance.InstanceId);
        Assert.Equal(now.Status.PodIP, instance.PrivateIpAddress);
        Assert.Single(Workloads.Of(simulator, pod.Metadata.Uid));
        Assert.Equal(0, Assert.Single(now.Status.ContainerStatuses).RestartCount);
        return now;
    }
}
