using Grpc.Core;
using Harness.Agent.Contract.V0;
using Harness.Agent.Tests.Support;

namespace Harness.Agent.Tests.Wire;

/// <summary>WatchApplicationHealth through the real wire, by the numbers of the conformance cases.</summary>
public sealed class WatchWireTests : IAsyncLifetime
{
    private AgentUnderTest _agent = null!;

    private AgentClient Client => _agent.Client;

    public async Task InitializeAsync() => _agent = await AgentUnderTest.StartAsync();

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    [Fact]
    [Trait("Clause", "S-01")]
    [Trait("Clause", "S-04")]
    [Trait("Clause", "S-08")]
    [Trait("Clause", "V-03")]
    public async Task C14_C15_C26_C28_ShortRun_EachStateOnceInOrder()
    {
        using var call = Client.Lifecycle.WatchApplicationHealth(new ApplicationHealthRequest());
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal("Pending", call.ResponseStream.Current.PodStatus.Phase);

        await Client.LaunchAsync(TestPod.Script("c28", "exit 0", "Never"));

        var phases = new List<string>();
        while (!phases.Contains("Succeeded") && await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            var status = call.ResponseStream.Current.PodStatus;
            Assert.Single(status.ContainerStatuses);
            phases.Add(status.Phase);
        }

        Assert.Equal(["Pending", "Running", "Succeeded"], phases.Distinct());
    }

    [Fact]
    [Trait("Clause", "P-01")]
    [Trait("Clause", "G-03")]
    public async Task E03_CrashLoop_SeenOnTheWatch()
    {
        await Client.LaunchAsync(TestPod.Script("e03", "echo run; exit 3"));

        var seen = await Client.WatchUntilAsync(status =>
            status.ContainerStatuses.Any(container => container.State.Waiting?.Reason == "CrashLoopBackOff"));

        var container = seen[^1].ContainerStatuses[0];
        Assert.Equal((1, 3), (container.RestartCount, container.LastState.Terminated.ExitCode));
        Assert.Equal("Running", seen[^1].Phase);
        Assert.Equal("run\n", await Client.ReadLogsAsync(new() { Container = "main", Previous = true }));
    }

    [Fact]
    [Trait("Clause", "V-02")]
    public async Task C27_FirstMessage_EqualsACheck()
    {
        await Client.LaunchAsync(TestPod.Script("c27", TestPod.LongRunning));
        var running = await Client.WaitForPhaseAsync("Running");

        var first = (await Client.WatchUntilAsync(_ => true)).Single();

        Assert.Equal(running, first);
        Assert.Equal(await Client.CheckAsync(), first);
    }

    [Fact]
    [Trait("Clause", "W-06")]
    public async Task C30_ClientCancels_TheWatchIsGone()
    {
        var board = _agent.Service<Hosting.StatusBoard>();
        for (var round = 0; round < 50; round++)
        {
            using var call = Client.Lifecycle.WatchApplicationHealth(new ApplicationHealthRequest());
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (board.Watchers > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token);
        }
    }

    [Fact]
    [Trait("Clause", "V-06")]
    public async Task E15_SixteenWatchers_TheSameLastState()
    {
        var watches = Enumerable.Range(0, 16).Select(_ => Client.WatchUntilAsync(status => status.Phase == "Failed")).ToList();

        await Client.LaunchAsync(TestPod.Script("e15", "exit 7", "Never"));

        var lasts = (await Task.WhenAll(watches)).Select(seen => seen[^1]).Distinct();
        Assert.Equal(7, Assert.Single(lasts).ContainerStatuses[0].State.Terminated.ExitCode);
    }

    [Fact]
    [Trait("Clause", "R-02")]
    public async Task R04_AgentStops_StreamsEndUnavailableAfterTheLastState()
    {
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.Client.LaunchAsync(TestPod.Script("r04", "exec sleep 1000"));
        using var call = agent.Client.Lifecycle.WatchApplicationHealth(new ApplicationHealthRequest());
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        var stopping = agent.Server.StopAsync(CancellationToken.None);
        var phases = new List<string>();
        var ended = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                phases.Add(call.ResponseStream.Current.PodStatus.Phase);
            }
        });
        await stopping;

        Assert.Equal(StatusCode.Unavailable, ended.StatusCode);
        Assert.Equal("Failed", phases[^1]);
        Assert.Empty(Processes.OfPod("r04"));
    }
}
