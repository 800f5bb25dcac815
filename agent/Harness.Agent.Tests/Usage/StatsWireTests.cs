using Harness.Agent.Contract.V1;
using Harness.Agent.Tests.Support;
using Harness.Testing;

namespace Harness.Agent.Tests.Usage;

/// <summary>vkvmagent.v1.Stats through the real wire, of workloads whose use is known.</summary>
public sealed class StatsWireTests : IAsyncLifetime
{
    private AgentUnderTest _agent = null!;

    public async Task InitializeAsync() => _agent = await AgentUnderTest.StartAsync();

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    [Fact]
    [Trait("Clause", "U-01")]
    public async Task GetStats_TwoContainers_EachWithItsOwnUse()
    {
        var busy = TestPod.Container("busy", "head -c 3000000 /dev/zero > file; while :; do :; done");
        var idle = TestPod.Container("idle", "sleep 1000 & sleep 1000");
        await _agent.Client.LaunchAsync(TestPod.Of("stats", busy, idle));
        await _agent.Client.WaitForPhaseAsync("Running");
        await Eventually.TrueAsync(
            async () => await StatsAsync() is { } pod && pod.Cpu.UsageCoreNanoSeconds > 200_000_000 && pod.EphemeralStorage.UsedBytes >= 3_000_000,
            "the busy container should have used a fifth of a second and 3 MB");

        var pod = await StatsAsync();

        Assert.Equal(["busy", "idle"], pod!.Containers.Select(container => container.Name));
        Assert.Equal((TestPod.Uid("stats"), "pod-stats", "default"), (pod.Uid, pod.Name, pod.Namespace));
        var (first, second) = (pod.Containers[0], pod.Containers[1]);
        Assert.True(first.Cpu.UsageCoreNanoSeconds > second.Cpu.UsageCoreNanoSeconds);
        Assert.InRange(first.Memory.RssBytes, 1UL, 50_000_000UL);
        Assert.InRange(first.Memory.WorkingSetBytes, first.Memory.RssBytes, 100_000_000UL);
        Assert.Equal(3UL, second.Processes.ProcessCount);
        Assert.Equal(pod.Processes.ProcessCount, first.Processes.ProcessCount + second.Processes.ProcessCount);
        Assert.False(first.Memory.HasAvailableBytes);
        Assert.True(pod.EphemeralStorage.CapacityBytes > pod.EphemeralStorage.AvailableBytes);
        Assert.DoesNotContain(pod.Network.Interfaces, found => found.Name == "lo");
    }

    [Fact]
    [Trait("Clause", "U-02")]
    public async Task GetStats_ProcessesThatEnd_TheSumDoesNotFall()
    {
        // Children that nobody waits for take what they used with them.
        await _agent.Client.LaunchAsync(TestPod.Script("falls", "i=0; while [ $i -lt 40 ]; do (sh -c 'j=0; while [ $j -lt 20000 ]; do j=$((j+1)); done' & ); sleep 0.05; i=$((i+1)); done", "Never"));
        ulong highest = 0;
        while (await StatsAsync() is var pod)
        {
            var cpu = pod?.Containers.FirstOrDefault()?.Cpu;
            if (cpu is null && (await _agent.Client.CheckAsync()).Phase == "Succeeded")
            {
                break;
            }

            if (cpu is not null)
            {
                Assert.True(cpu.UsageCoreNanoSeconds >= highest, $"{cpu.UsageCoreNanoSeconds} after {highest}");
                highest = cpu.UsageCoreNanoSeconds;
            }
        }
    }

    [Fact]
    [Trait("Clause", "U-03")]
    public async Task GetStats_NoPod_EmptyAtOnce() => Assert.Null(await StatsAsync());

    private async Task<PodStats?> StatsAsync() =>
        (await new Stats.StatsClient(_agent.Channel).GetStatsAsync(new GetStatsRequest())).Pod;
}
