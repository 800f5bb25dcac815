using System.Globalization;
using Grpc.Core;
using Harness.Agent.Contract.V0;
using Harness.Agent.Tests.Programs;
using Harness.Agent.Tests.Support;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Testing;
using Xunit.Abstractions;

namespace Harness.Agent.Tests.Kills;

/// <summary>
/// SIGKILLs the agent at random moments while it starts, launches, runs and terminates, as often as HARNESS_KILLS says (scripts/kill-agent:
/// 1,000), in the order of HARNESS_SEED. No pod may have a second process, and no exit may be lost.
/// </summary>
public sealed class KillAgentTests(ITestOutputHelper output) : IDisposable
{
    private const int DefaultKills = 20;
    private const int KillsAPod = 3;
    private readonly TemporaryFolder _folder = new();
    private int _kills;

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Clause", "R-01")]
    public async Task R06_RandomKills_NoSecondProcessAndNoLostExit()
    {
        var wanted = Setting("HARNESS_KILLS", DefaultKills);
        var seed = Setting("HARNESS_SEED", 1);
        var random = new Random(seed);
        var disagreements = new List<string>();
        var pods = 0;
        while (_kills < wanted)
        {
            pods++;
            var pod = new KilledPod($"kill-{seed}-{pods}", Path.Combine(_folder.Path, $"beacon-{pods}"), random);
            var told = await LiveThroughKillsAsync(pod, random);
            if (pod.Disagreement(told) is { Length: > 0 } disagreement)
            {
                disagreements.Add(disagreement);
            }

            Assert.Empty(Processes.OfPod(pod.Name));
        }

        output.WriteLine($"seed {seed}: {_kills} kills, {pods} pods, {disagreements.Count} disagreements");
        Assert.Empty(disagreements);
    }

    /// <summary>Kills the agent a few times in the pod's life, then lets one see it to its end.</summary>
    private async Task<PodStatus> LiveThroughKillsAsync(KilledPod pod, Random random)
    {
        for (var round = random.Next(1, KillsAPod + 1); round > 0; round--)
        {
            await using var agent = AgentProcess.Begin(_folder.Path);
            if (random.Next(4) > 0)
            {
                await agent.WaitServingAsync();
                await DriveAsync(agent, pod, random);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 60)), TimeProvider.System);
            await agent.SignalAsync("KILL");
            _kills++;
        }

        await using var last = await AgentProcess.StartAsync(_folder.Path);
        await last.Client.LaunchAsync(pod.ToPod());
        if (pod.IsTerminated)
        {
            await last.Client.TerminateAsync();
        }

        await last.Client.WaitForEndAsync();
        return await last.Client.CheckAsync();
    }

    /// <summary>Begins what the kill shall fall into; what comes of it does not matter.</summary>
    private static async Task DriveAsync(AgentProcess agent, KilledPod pod, Random random)
    {
        var launch = agent.Client.Lifecycle.LaunchApplicationAsync(new LaunchApplicationRequest { Pod = pod.ToPod() }).ResponseAsync;
        if (random.Next(2) == 0)
        {
            _ = launch.ContinueWith(done => done.Exception, TaskScheduler.Default);
            return;
        }

        try
        {
            await launch;
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 300)), TimeProvider.System);
            if (pod.IsTerminated && random.Next(2) == 0)
            {
                await agent.Client.TerminateAsync();
            }
        }
        catch (RpcException)
        {
            // Another pod's end is not told yet; the kill falls into that.
        }
    }

    private static int Setting(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : fallback;
}
