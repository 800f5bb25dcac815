using Harness.Testing;
using Grpc.Core;
using Harness.Agent.Contract.V0;
using Harness.Agent.Tests.Support;

namespace Harness.Agent.Tests.Programs;

/// <summary>The program itself: its command line, its signals, and what a killed one leaves to the next.</summary>
public sealed class AgentProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_Launch_TheWorkloadLeadsASessionUnderItsShim()
    {
        await using var agent = await AgentProcess.StartAsync(_folder.Path);
        await agent.Client.LaunchAsync(TestPod.Script("child", "echo up; exec sleep 1000"));
        await agent.Client.WaitForLogAsync("main", "up");

        var pid = Assert.Single(Processes.OfPod("child"));

        var (shim, group, session) = Processes.Relations(pid);
        Assert.Equal((pid, pid), (group, session));
        Assert.Equal((agent.Pid, shim, shim), Processes.Relations(shim));
        Assert.Equal(["0", "1", "2"], Processes.Descriptors(pid));
    }

    [Fact]
    [Trait("Clause", "R-02")]
    public async Task R04_Sigterm_StreamsEndAndTheApplicationGoesOn()
    {
        int pid;
        await using (var agent = await AgentProcess.StartAsync(_folder.Path))
        {
            await agent.Client.LaunchAsync(TestPod.Script("goon", "echo up; exec sleep 1000"));
            await agent.Client.WaitForLogAsync("main", "up");
            pid = Assert.Single(Processes.OfPod("goon"));
            using var call = agent.Client.Lifecycle.WatchApplicationHealth(new ApplicationHealthRequest());
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

            var exit = agent.SignalAsync("TERM");

            Assert.Equal(StatusCode.Unavailable, await EndOfAsync(call));
            Assert.Equal(0, await exit);
        }

        Assert.True(Processes.Exists(pid));
        await using var next = await AgentProcess.StartAsync(_folder.Path);
        Assert.Equal("Running", (await next.Client.CheckAsync()).Phase);
        await next.Client.TerminateAsync();
        Assert.Equal(143, (await next.Client.WaitForPhaseAsync("Failed")).ContainerStatuses[0].State.Terminated.ExitCode);
    }

    [Fact]
    public async Task R04_SigtermThatEndsWorkloads_EndsTheApplicationAndTheStreams()
    {
        await using var agent = await AgentProcess.StartAsync(_folder.Path, "--end-workloads-on-stop");
        var pod = TestPod.Script("drain", "trap '' TERM; echo up; while :; do sleep 1; done");
        pod.Spec.TerminationGracePeriodSeconds = 1;
        await agent.Client.LaunchAsync(pod);
        await agent.Client.WaitForLogAsync("main", "up");
        using var call = agent.Client.Lifecycle.WatchApplicationHealth(new ApplicationHealthRequest());
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        var exit = agent.SignalAsync("TERM");

        Assert.Equal(StatusCode.Unavailable, await EndOfAsync(call));
        Assert.Equal(0, await exit);
        Assert.Empty(Processes.OfPod("drain"));
    }

    [Fact]
    [Trait("Clause", "R-03")]
    public async Task R05_RestartAfterTheEnd_TellsTheSameEnd()
    {
        PodStatusOf before;
        await using (var agent = await AgentProcess.StartAsync(_folder.Path))
        {
            await agent.Client.LaunchAsync(TestPod.Script("ended", "exit 7", "Never"));
            before = PodStatusOf.From(await agent.Client.WaitForPhaseAsync("Failed"));
            Assert.Equal(0, await agent.SignalAsync("TERM"));
        }

        await using var next = await AgentProcess.StartAsync(_folder.Path);

        Assert.Equal(before, PodStatusOf.From(await next.Client.CheckAsync()));
    }

    private static async Task<StatusCode> EndOfAsync(AsyncServerStreamingCall<ApplicationHealthResponse> call)
    {
        var ended = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
            }
        });
        return ended.StatusCode;
    }

    [Fact]
    public async Task Run_SecondAgentOnTheSameState_Refused()
    {
        await using var agent = await AgentProcess.StartAsync(_folder.Path);

        var second = await AgentProcess.RunAsync("run", "--listen", "127.0.0.1:0", "--state-dir", Path.Combine(_folder.Path, "state"));

        AssertOneLine(second, 3, "state directory");
    }

    [Fact]
    public async Task Run_PortInUse_OneLineAndExit3()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();

        AssertOneLine(await RunOnAsync(taken.LocalEndpoint.ToString()!), 3, "cannot listen on 127.0.0.1");
    }

    [Fact]
    public async Task Run_AddressOfNoOne_OneLineAndExit3() => AssertOneLine(await RunOnAsync("192.0.2.1:0"), 3, "cannot listen on 192.0.2.1");

    [Fact]
    public async Task Run_BadAddress_OneLineAndExit2() => AssertOneLine(await RunOnAsync("localhost"), 2, "IP:PORT");

    [Fact]
    public async Task Run_StateDirectoryThatIsAFile_OneLineAndExit3()
    {
        var file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "");

        AssertOneLine(await AgentProcess.RunAsync("run", "--listen", "127.0.0.1:0", "--state-dir", file), 3, "state directory");
    }

    [Fact]
    public async Task HelpAndVersion_Exit0()
    {
        var help = await AgentProcess.RunAsync("run", "--help");
        var version = await AgentProcess.RunAsync("--version");

        Assert.Equal((0, 0), (help.ExitCode, version.ExitCode));
        Assert.Contains("--state-dir", help.Output, StringComparison.Ordinal);
        Assert.StartsWith("0.", version.Output, StringComparison.Ordinal);
    }

    private static void AssertOneLine((int ExitCode, string Output, string Errors) run, int exitCode, string text)
    {
        Assert.Equal(exitCode, run.ExitCode);
        var line = Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(text, line, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Errors)> RunOnAsync(string address) =>
        AgentProcess.RunAsync("run", "--listen", address, "--state-dir", Path.Combine(_folder.Path, "state"));

    private sealed record PodStatusOf(string Phase, int ExitCode, long FinishedAt, string ContainerId)
    {
        public static PodStatusOf From(Kubernetes.Objects.Core.V1.PodStatus status)
        {
            var ended = status.ContainerStatuses[0].State.Terminated;
            return new PodStatusOf(status.Phase, ended.ExitCode, ended.FinishedAt.Seconds, ended.ContainerID);
        }
    }
}
