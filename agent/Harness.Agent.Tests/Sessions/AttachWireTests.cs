using System.Text;
using Grpc.Core;
using Harness.Agent.Contract.V1;
using Harness.Agent.Tests.Support;
using Harness.Testing;

namespace Harness.Agent.Tests.Sessions;

/// <summary>vkvmagent.v1.Attach through the real wire.</summary>
public sealed class AttachWireTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private AgentUnderTest _agent = null!;

    public async Task InitializeAsync() => _agent = await AgentUnderTest.StartAsync();

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    [Fact]
    [Trait("Clause", "X-08")]
    public async Task AttachContainer_OutputFromNowOnAndTheExit()
    {
        await LaunchAsync("attach", "echo before; while [ ! -e go ]; do sleep 0.1; done; printf 'no line end'; echo wrong >&2; exit 5");
        await _agent.Client.WaitForLogAsync("main", "before");
        using var call = await AttachAsync(new AttachContainerStart { Container = "main", Stdout = true, Stderr = true });

        Go("attach");
        var (stdout, stderr, exit) = await ReadAsync(call);

        Assert.Equal(("no line end", "wrong\n", 5), (stdout, stderr, exit.ExitCode));
    }

    [Fact]
    [Trait("Clause", "X-08")]
    public async Task AttachContainer_CallerGoes_TheContainerStays()
    {
        await LaunchAsync("attach-cancel", TestPod.LongRunning);
        var running = await _agent.Client.WaitForPhaseAsync("Running");

        (await AttachAsync(new AttachContainerStart { Container = "main", Stdout = true })).Dispose();

        var slots = _agent.Service<Agent.Sessions.SessionSlots>();
        await Eventually.TrueAsync(() => slots.Taken == 0, "the session to be over");
        Assert.Equal(running, await _agent.Client.CheckAsync());
    }

    [Fact]
    [Trait("Clause", "X-09")]
    public async Task AttachContainer_CallerThatDoesNotRead_DoesNotHoldUpTheContainer()
    {
        await LaunchAsync("attach-slow", "while [ ! -e go ]; do sleep 0.1; done; head -c 40000000 /dev/zero; exit 0");
        await _agent.Client.WaitForPhaseAsync("Running");
        using var call = await AttachAsync(new AttachContainerStart { Container = "main", Stdout = true });

        Go("attach-slow");

        await _agent.Client.WaitForPhaseAsync("Succeeded");
        var (stdout, _, exit) = await ReadAsync(call);
        Assert.Equal(0, exit.ExitCode);
        Assert.True(stdout.Length < 40000000, "Nothing was dropped for a caller that did not read.");
    }

    [Theory]
    [InlineData("main", true, StatusCode.FailedPrecondition)]
    [InlineData("other", false, StatusCode.NotFound)]
    [Trait("Clause", "X-10")]
    public async Task AttachContainer_BadStart_SaysWhy(string container, bool stdin, StatusCode expected)
    {
        await LaunchAsync("attach-bad", TestPod.LongRunning);
        await _agent.Client.WaitForPhaseAsync("Running");

        var refusal = await Assert.ThrowsAsync<RpcException>(
            () => AttachAsync(new AttachContainerStart { Container = container, Stdin = stdin, Stdout = true }));

        Assert.Equal(expected, refusal.StatusCode);
    }

    private Task LaunchAsync(string name, string script) => _agent.Client.LaunchAsync(TestPod.Script(name, script, "Never"));

    private void Go(string name) => File.WriteAllText(Path.Combine(_agent.StateDirectory, "pods", TestPod.Uid(name), "main", "go"), "");

    /// <summary>Returns once the agent has said started.</summary>
    private async Task<AsyncDuplexStreamingCall<AttachContainerRequest, AttachContainerResponse>> AttachAsync(AttachContainerStart start)
    {
        var call = new Attach.AttachClient(_agent.Channel).AttachContainer();
        await call.RequestStream.WriteAsync(new AttachContainerRequest { Start = start });
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        Assert.True(await call.ResponseStream.MoveNext(limit.Token));
        Assert.NotNull(call.ResponseStream.Current.Started);
        return call;
    }

    private static async Task<(string Stdout, string Stderr, SessionExit Exit)> ReadAsync(
        AsyncDuplexStreamingCall<AttachContainerRequest, AttachContainerResponse> call)
    {
        var (stdout, stderr) = (new StringBuilder(), new StringBuilder());
        SessionExit? exit = null;
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        while (await call.ResponseStream.MoveNext(limit.Token))
        {
            stdout.Append(call.ResponseStream.Current.Stdout.ToStringUtf8());
            stderr.Append(call.ResponseStream.Current.Stderr.ToStringUtf8());
            exit = call.ResponseStream.Current.Exit;
        }

        return (stdout.ToString(), stderr.ToString(), exit!);
    }
}
