using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Harness.Agent.Contract.V1;
using Harness.Agent.Tests.Support;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Testing;

namespace Harness.Agent.Tests.Sessions;

/// <summary>vkvmagent.v1.Exec through the real wire, beside a container that runs on.</summary>
public sealed class ExecWireTests : IAsyncLifetime
{
    private AgentUnderTest _agent = null!;

    public async Task InitializeAsync()
    {
        _agent = await AgentUnderTest.StartAsync();
        var pod = TestPod.Script("exec", TestPod.LongRunning);
        pod.Spec.Containers[0].Env.Add(new EnvVar { Name = "OWN", Value = "of the container" });
        await _agent.Client.LaunchAsync(pod);
        await _agent.Client.WaitForPhaseAsync("Running");
    }

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    [Fact]
    [Trait("Clause", "X-01")]
    public async Task RunCommand_Output_ComesApartWithTheExitCodeLast()
    {
        using var session = await ScriptAsync("echo \"$OWN\"; pwd; id -u; echo wrong >&2; exit 7");

        var exit = await session.ReadToEndAsync();

        var container = Processes.OfPod("exec")[0];
        var folder = Path.Combine(_agent.StateDirectory, "pods", TestPod.Uid("exec"), "main");
        Assert.Equal($"of the container\n{folder}\n{UserOf(container)}\n", session.Stdout);
        Assert.Equal("wrong\n", session.Stderr);
        Assert.Equal((7, 0), (exit.ExitCode, exit.Signal));
        Assert.Equal(0UL, session.Started!.StdinWindowBytes);
    }

    [Fact]
    [Trait("Clause", "X-02")]
    public async Task RunCommand_Stdin_ByteForByteWithItsEndAndOutputBeyond()
    {
        using var session = await ScriptAsync("cat; echo done; exit 3", stdin: true);
        await session.ReadUntilAsync(so => so.Started is not null);
        var bytes = Enumerable.Range(0, 3 * (int)session.Started!.StdinWindowBytes).Select(index => (byte)(index * 31)).ToArray();

        await SendWithinWindowAsync(session, bytes);
        await session.CloseInputAsync();
        var exit = await session.ReadToEndAsync();

        Assert.Equal(3, exit.ExitCode);
        Assert.Equal([.. bytes, .. "done\n"u8], session.StdoutBytes);
        Assert.Equal(bytes.Length, session.Consumed);
    }

    [Fact]
    [Trait("Clause", "X-02")]
    public async Task RunCommand_RequestStreamClosed_IsTheEndOfStdin()
    {
        using var session = await ScriptAsync("cat; echo end", stdin: true);

        await session.InputAsync("in\n");
        await session.CompleteAsync();

        Assert.Equal(0, (await session.ReadToEndAsync()).ExitCode);
        Assert.Equal("in\nend\n", session.Stdout);
    }

    [Fact]
    [Trait("Clause", "X-03")]
    public async Task RunCommand_Terminal_HasTheSizeAndHearsOfResizes()
    {
        using var session = await ScriptAsync("trap 'stty size' WINCH; tty; stty size; while :; do sleep 0.1; done", stdin: true, tty: true);
        await session.ReadUntilAsync(so => so.Stdout.Contains("43 101\r\n", StringComparison.Ordinal));

        await session.SendAsync(new RunCommandRequest { Resize = new TerminalSize { Columns = 120, Rows = 50 } });
        await session.ReadUntilAsync(so => so.Stdout.Contains("50 120\r\n", StringComparison.Ordinal));
        await session.InputAsync("\u0003");
        var exit = await session.ReadToEndAsync();

        Assert.StartsWith("/dev/pts/", session.Stdout, StringComparison.Ordinal);
        Assert.True(session.Started!.Tty);
        Assert.Equal((130, 2), (exit.ExitCode, exit.Signal));
    }

    [Fact]
    [Trait("Clause", "X-04")]
    public async Task RunCommand_Cancelled_KillsTheCommandAndWhatItStarted()
    {
        using var session = await ScriptAsync("trap '' TERM HUP; sleep 1000 & echo $$ $!; wait");
        await session.ReadUntilAsync(so => so.Stdout.EndsWith('\n'));
        var pids = session.Stdout.Split(' ').Select(pid => int.Parse(pid, CultureInfo.InvariantCulture)).ToList();
        Assert.All(pids, pid => Assert.True(Processes.Exists(pid)));

        session.Dispose();

        foreach (var pid in pids)
        {
            await Processes.WaitGoneAsync(pid);
        }
    }

    [Fact]
    [Trait("Clause", "X-04")]
    public async Task RunCommand_CancelledAtItsTerminal_Gone()
    {
        using var session = await ScriptAsync("trap '' TERM HUP INT; echo $$; while :; do sleep 1; done", stdin: true, tty: true);
        await session.ReadUntilAsync(so => so.Stdout.EndsWith('\n'));
        var pid = int.Parse(session.Stdout, CultureInfo.InvariantCulture);

        session.Dispose();

        await Processes.WaitGoneAsync(pid);
    }

    [Fact]
    [Trait("Clause", "X-04")]
    public async Task RunCommand_ContainerEnds_TheCommandEndsToo()
    {
        using var session = await ScriptAsync("echo here; while :; do sleep 1; done");
        await session.ReadUntilAsync(so => so.Stdout.Length > 0);

        await _agent.Client.TerminateAsync(graceSeconds: 0);

        Assert.Equal(9, (await session.ReadToEndAsync()).Signal);
    }

    [Fact]
    [Trait("Clause", "X-05")]
    public async Task RunCommand_NobodyReads_TheCommandIsHeldUp()
    {
        using var session = await ScriptAsync("head -c 50000000 /dev/zero; touch finished");
        await session.ReadUntilAsync(so => so.Started is not null);
        using var other = await ScriptAsync("sleep 1; ls");

        await other.ReadToEndAsync();
        Assert.DoesNotContain("finished", other.Stdout, StringComparison.Ordinal);

        Assert.Equal(0, (await session.ReadToEndAsync()).ExitCode);
        Assert.Equal(50000000, session.StdoutBytes.Length);
    }

    [Fact]
    [Trait("Clause", "X-05")]
    public async Task RunCommand_MoreStdinThanTheWindow_ResourceExhausted()
    {
        using var session = await ScriptAsync("sleep 1000", stdin: true);
        await session.ReadUntilAsync(so => so.Started is not null);
        var part = new RunCommandRequest { Stdin = ByteString.CopyFrom(new byte[64 * 1024]) };

        // A pipe takes the first 64 KiB, the window has room for as much; sending may fail once the agent has had enough.
        _ = await Record.ExceptionAsync(async () =>
        {
            for (var sent = 0; sent < 4; sent++)
            {
                await session.SendAsync(part);
            }
        });
        var ended = await Assert.ThrowsAsync<RpcException>(session.ReadToEndAsync);

        Assert.Equal(StatusCode.ResourceExhausted, ended.StatusCode);
    }

    [Fact]
    [Trait("Clause", "X-05")]
    public async Task RunCommand_CommandThatDoesNotRead_StillHearsOfResizes()
    {
        using var session = await ScriptAsync("stty raw -echo; trap 'stty size; exit 0' WINCH; echo up; while :; do sleep 0.1; done", stdin: true, tty: true);
        await session.ReadUntilAsync(so => so.Stdout.Contains("up", StringComparison.Ordinal));
        await session.SendAsync(new RunCommandRequest { Stdin = ByteString.CopyFrom(new byte[32 * 1024]) });

        await session.SendAsync(new RunCommandRequest { Resize = new TerminalSize { Columns = 77, Rows = 33 } });

        Assert.Equal(0, (await session.ReadToEndAsync()).ExitCode);
        Assert.Contains("33 77", session.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other", "", "true", StatusCode.NotFound)]
    [InlineData("main", "another-uid", "true", StatusCode.NotFound)]
    [InlineData("main", "", null, StatusCode.InvalidArgument)]
    [Trait("Clause", "X-06")]
    public async Task RunCommand_BadStart_SaysWhy(string container, string podUid, string? command, StatusCode expected)
    {
        var start = new RunCommandStart { Container = container, PodUid = podUid, Stdout = true };
        start.Command.AddRange(command is null ? [] : [command]);
        using var session = await ExecSession.StartAsync(_agent.Channel, start);

        var refusal = await Assert.ThrowsAsync<RpcException>(session.ReadToEndAsync);

        Assert.Equal(expected, refusal.StatusCode);
        Assert.Null(session.Started);
    }

    [Fact]
    [Trait("Clause", "X-06")]
    public async Task RunCommand_ContainerHasEnded_FailedPrecondition()
    {
        await _agent.Client.TerminateAsync(graceSeconds: 0);
        await _agent.Client.WaitForEndAsync();
        using var session = await ScriptAsync("true");

        var refusal = await Assert.ThrowsAsync<RpcException>(session.ReadToEndAsync);

        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
    }

    [Fact]
    [Trait("Clause", "X-07")]
    public async Task RunCommand_ProgramMissing_ExitCode127()
    {
        using var session = await ExecSession.StartAsync(
            _agent.Channel, new RunCommandStart { Container = "main", Command = { "no-such-program" }, Stdout = true });

        var exit = await session.ReadToEndAsync();

        Assert.Equal(127, exit.ExitCode);
        Assert.Contains("no-such-program", exit.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Clause", "W-05")]
    public async Task RunCommand_HundredSessions_LeaveNothingBehind()
    {
        using (var first = await ScriptAsync("true"))
        {
            await first.ReadToEndAsync();
        }

        var before = Processes.Descriptors(Environment.ProcessId).Length;
        for (var round = 0; round < 100; round++)
        {
            using var session = await ScriptAsync("cat", stdin: true, tty: round % 2 == 0);
            await session.ReadUntilAsync(so => so.Started is not null);
        }

        var slots = _agent.Service<Agent.Sessions.SessionSlots>();
        await Eventually.TrueAsync(() => slots.Taken == 0, "all sessions to be over");
        await Eventually.TrueAsync(
            () => Processes.Descriptors(Environment.ProcessId).Length <= before + 5, "the descriptors of sessions to be closed");
    }

    private Task<ExecSession> ScriptAsync(string script, bool stdin = false, bool tty = false) =>
        ExecSession.ScriptAsync(_agent.Channel, script, stdin, tty);

    private static string UserOf(int pid) => File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];

    private static async Task SendWithinWindowAsync(ExecSession session, byte[] bytes)
    {
        var window = (long)session.Started!.StdinWindowBytes;
        const int PartBytes = 10_000;
        for (var sent = 0; sent < bytes.Length; sent += PartBytes)
        {
            var part = Math.Min(PartBytes, bytes.Length - sent);
            var upTo = sent + part;
            await session.ReadUntilAsync(so => upTo - so.Consumed <= window);
            await session.SendAsync(new RunCommandRequest { Stdin = ByteString.CopyFrom(bytes, sent, part) });
        }
    }
}
