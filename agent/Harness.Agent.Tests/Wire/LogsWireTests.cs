using Grpc.Core;
using Harness.Agent.Contract.V1;
using Harness.Agent.Tests.Support;

namespace Harness.Agent.Tests.Wire;

/// <summary>vkvmagent.v1.Logs through the real wire.</summary>
public sealed class LogsWireTests : IAsyncLifetime
{
    private AgentUnderTest _agent = null!;

    private AgentClient Client => _agent.Client;

    public async Task InitializeAsync() => _agent = await AgentUnderTest.StartAsync();

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    [Fact]
    [Trait("Clause", "G-01")]
    [Trait("Clause", "G-05")]
    public async Task ReadLogs_AfterTheEnd_EverythingThatWasWritten()
    {
        await Client.LaunchAsync(TestPod.Script("logs", "for i in 1 2 3; do echo line $i; done; printf 'no end' >&2; exit 0", "Never"));
        await Client.WaitForPhaseAsync("Succeeded");

        var all = await Client.ReadLogsAsync(new ReadLogsRequest { Container = "main" });

        Assert.Contains("line 1\nline 2\nline 3\n", all, StringComparison.Ordinal);
        Assert.Contains("no end", all, StringComparison.Ordinal);
        Assert.Equal(all, await Client.ReadLogsAsync(new ReadLogsRequest { Container = "main", Follow = true }));
        Assert.Equal("", await Client.ReadLogsAsync(new ReadLogsRequest { Container = "main", TailLines = 0 }));
        Assert.Equal(7, (await Client.ReadLogsAsync(new ReadLogsRequest { Container = "main", LimitBytes = 7 })).Length);
    }

    [Fact]
    [Trait("Clause", "G-02")]
    public async Task ReadLogs_OneStream_ItsLinesAlone()
    {
        await Client.LaunchAsync(TestPod.Script("streams", "echo out 1; echo err 1 >&2; echo out 2; echo err 2 >&2; exit 0", "Never"));
        await Client.WaitForPhaseAsync("Succeeded");

        var errors = await Client.ReadLogsAsync(new ReadLogsRequest { Container = "main", Stream = LogStream.Stderr });
        var last = await Client.ReadLogsAsync(new ReadLogsRequest { Container = "main", Stream = LogStream.Stdout, TailLines = 1 });

        Assert.Equal(("err 1\nerr 2\n", "out 2\n"), (errors, last));
    }

    [Fact]
    [Trait("Clause", "G-01")]
    public async Task ReadLogs_Follow_EndsWithTheContainer()
    {
        await Client.LaunchAsync(TestPod.Script("follow", "echo first; while [ ! -e go ]; do sleep 0.1; done; echo last", "Never"));
        await Client.WaitForLogAsync("main", "first");
        var following = Client.ReadLogsAsync(new ReadLogsRequest { Container = "main", Follow = true, TailLines = 0 });

        File.WriteAllText(Path.Combine(_agent.StateDirectory, "pods", TestPod.Uid("follow"), "main", "go"), "");

        Assert.Contains("last\n", await following, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other", false, StatusCode.NotFound)]
    [InlineData("main", true, StatusCode.NotFound)]
    [InlineData("main", false, StatusCode.FailedPrecondition)]
    [Trait("Clause", "G-03")]
    [Trait("Clause", "G-04")]
    public async Task ReadLogs_NothingToRead_SaysWhy(string container, bool previous, StatusCode expected)
    {
        var pod = TestPod.Script("early", "true");
        pod.Spec.InitContainers.Add(TestPod.Container("init", TestPod.LongRunning));
        await Client.LaunchAsync(pod);
        await Client.WatchUntilAsync(status => status.InitContainerStatuses.Any(candidate => candidate.State.Running is not null));

        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await Client.ReadLogsAsync(new ReadLogsRequest { Container = container, Previous = previous }));

        Assert.Equal(expected, refusal.StatusCode);
    }
}
