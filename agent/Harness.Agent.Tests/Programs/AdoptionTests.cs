using Harness.Agent.Contract.V1;
using Harness.Agent.Tests.Support;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Testing;

namespace Harness.Agent.Tests.Programs;

/// <summary>What an agent that was killed leaves running, and what the next one makes of it (R05).</summary>
public sealed class AdoptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Clause", "R-03")]
    [Trait("Clause", "R-04")]
    public async Task R05_KilledAgent_TheNextAdoptsTheRunningPod()
    {
        var before = await LaunchAndKillAsync(TestPod.Script("adopt", "echo up; exec sleep 1000"));
        var pid = Assert.Single(Processes.OfPod("adopt"));

        await using var next = await AgentProcess.StartAsync(_folder.Path);

        Assert.Equal(before, await next.Client.CheckAsync());
        Assert.Equal([pid], Processes.OfPod("adopt"));
        await next.Client.LaunchAsync(TestPod.Script("adopt", "echo up; exec sleep 1000"));
        Assert.Equal([pid], Processes.OfPod("adopt"));
        await next.Client.TerminateAsync();
        var ended = (await next.Client.WaitForPhaseAsync("Failed")).ContainerStatuses[0].State.Terminated;
        Assert.Equal((143, 15), (ended.ExitCode, ended.Signal));
        Assert.Equal(before.ContainerStatuses[0].State.Running.StartedAt, ended.StartedAt);
    }

    [Fact]
    [Trait("Clause", "R-04")]
    public async Task R05_EndedWhileTheAgentWasDown_ToldWithItsCodeTimeAndOutput()
    {
        var before = await LaunchAndKillAsync(TestPod.Script("late", $"echo up; while [ ! -e {Go} ]; do sleep 0.05; done; echo last words; exit 7", "Never"));
        var pid = Processes.OfPod("late").Min();
        File.WriteAllText(Go, "");
        await Processes.WaitGoneAsync(pid);
        var goneAt = TimeProvider.System.GetUtcNow();

        await using var next = await AgentProcess.StartAsync(_folder.Path);
        var ended = (await next.Client.WaitForPhaseAsync("Failed")).ContainerStatuses[0];

        Assert.Equal((7, 0, "Error", 0), (ended.State.Terminated.ExitCode, ended.State.Terminated.Signal, ended.State.Terminated.Reason, ended.RestartCount));
        Assert.Equal(before.ContainerStatuses[0].State.Running.StartedAt, ended.State.Terminated.StartedAt);
        Assert.InRange(ended.State.Terminated.FinishedAt.Seconds, ended.State.Terminated.StartedAt.Seconds, goneAt.ToUnixTimeSeconds());
        Assert.Equal("up\nlast words\n", await next.Client.ReadLogsAsync(new ReadLogsRequest { Container = "main", Follow = true }));
    }

    [Fact]
    public async Task R05_CodesAboveASignal_AreToldFromSignals()
    {
        await LaunchAndKillAsync(TestPod.Script("code", $"echo up; while [ ! -e {Go} ]; do sleep 0.05; done; exit 137", "Never"));
        File.WriteAllText(Go, "");

        await using var next = await AgentProcess.StartAsync(_folder.Path);

        var ended = (await next.Client.WaitForPhaseAsync("Failed")).ContainerStatuses[0].State.Terminated;
        Assert.Equal((137, 0), (ended.ExitCode, ended.Signal));
    }

    [Fact]
    public async Task R05_CrashWhileTheAgentWasDown_RestartedWithItsCount()
    {
        await LaunchAndKillAsync(TestPod.Script("count", $"echo up; while [ ! -e {Go} ]; do sleep 0.05; done; rm {Go}; exit 3"));
        var pid = Processes.OfPod("count").Min();
        File.WriteAllText(Go, "");
        await Processes.WaitGoneAsync(pid);

        await using var next = await AgentProcess.StartAsync(_folder.Path);

        var running = (await next.Client.WatchUntilAsync(status => status.ContainerStatuses[0] is { RestartCount: 1, State.Running: not null }))[^1];
        Assert.Equal(3, running.ContainerStatuses[0].LastState.Terminated.ExitCode);
        Assert.Equal("up\n", await next.Client.ReadLogsAsync(new ReadLogsRequest { Container = "main", Previous = true }));
    }

    [Fact]
    public async Task R05_ShimKilledToo_TheEndIsToldAsUnknown()
    {
        await LaunchAndKillAsync(TestPod.Script("shimless", "echo up; exec sleep 1000", "Never"));
        var pid = Assert.Single(Processes.OfPod("shimless"));
        var shim = Processes.Relations(pid).Parent;
        await Processes.KillAsync(shim);

        await using (var next = await AgentProcess.StartAsync(_folder.Path))
        {
            Assert.Equal("Running", (await next.Client.CheckAsync()).Phase);
            await Processes.KillAsync(pid);

            var ended = (await next.Client.WaitForPhaseAsync("Failed")).ContainerStatuses[0].State.Terminated;
            Assert.Equal((137, "ContainerStatusUnknown"), (ended.ExitCode, ended.Reason));
        }
    }

    [Fact]
    public async Task R05_EverythingGone_TheRestartPolicyDecides()
    {
        await LaunchAndKillAsync(TestPod.Script("gone", "echo up; exec sleep 1000"));
        var pid = Assert.Single(Processes.OfPod("gone"));
        await Processes.KillAsync(Processes.Relations(pid).Parent);
        await Processes.KillAsync(pid);

        await using var next = await AgentProcess.StartAsync(_folder.Path);

        var running = (await next.Client.WatchUntilAsync(status => status.ContainerStatuses[0] is { RestartCount: 1, State.Running: not null }))[^1];
        Assert.Equal("ContainerStatusUnknown", running.ContainerStatuses[0].LastState.Terminated.Reason);
    }

    [Fact]
    public async Task R05_StateIsLost_LeftoversAreEnded()
    {
        await LaunchAndKillAsync(TestPod.Script("lost", "sleep 1000 & echo up; wait"));
        var pids = Processes.OfPod("lost");
        File.Delete(Path.Combine(_folder.Path, "state", "state.pb"));

        await using var next = await AgentProcess.StartAsync(_folder.Path);

        foreach (var pid in pids)
        {
            await Processes.WaitGoneAsync(pid);
        }

        Assert.Equal("Pending", (await next.Client.CheckAsync()).Phase);
    }

    [Fact]
    public async Task R05_StateOfALaterVersion_IsNotGuessedAt()
    {
        await LaunchAndKillAsync(TestPod.Script("version", "echo up; exec sleep 1000"));
        var file = Path.Combine(_folder.Path, "state", "state.pb");
        var state = Hosting.State.AgentState.Parser.ParseFrom(File.ReadAllBytes(file));
        state.Version = 99;
        File.WriteAllBytes(file, Google.Protobuf.MessageExtensions.ToByteArray(state));

        await using var next = await AgentProcess.StartAsync(_folder.Path);

        Assert.Equal("Pending", (await next.Client.CheckAsync()).Phase);
        Assert.Empty(Processes.OfPod("version"));
    }

    [Fact]
    public async Task R05_OutputBeyondAPipe_GoesOnWithTheNextAgent()
    {
        await LaunchAndKillAsync(TestPod.Script("chatty", $"echo up; while [ ! -e {Go} ]; do sleep 0.05; done; seq 1 400000; exit 0", "Never"));
        File.WriteAllText(Go, "");

        await using var next = await AgentProcess.StartAsync(_folder.Path);
        await next.Client.WaitForPhaseAsync("Succeeded");

        Assert.EndsWith("399999\n400000\n", await next.Client.ReadLogsAsync(new ReadLogsRequest { Container = "main" }), StringComparison.Ordinal);
    }

    private string Go => Path.Combine(_folder.Path, "go");

    private async Task<PodStatus> LaunchAndKillAsync(Pod pod)
    {
        await using var agent = await AgentProcess.StartAsync(_folder.Path);
        await agent.Client.LaunchAsync(pod);
        await agent.Client.WaitForLogAsync("main", "up");
        var status = await agent.Client.WaitForPhaseAsync("Running");
        await agent.SignalAsync("KILL");
        return status;
    }
}
