using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Harness.Agent.Contract.V1;

namespace Harness.Agent.Tests.Support;

/// <summary>One call of RunCommand as a caller makes it: what came back so far, and what may still be sent. Disposing it cancels.</summary>
internal sealed class ExecSession : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private readonly CancellationTokenSource _limit = new(Limit, TimeProvider.System);
    private readonly AsyncDuplexStreamingCall<RunCommandRequest, RunCommandResponse> _call;
    private readonly MemoryStream _stdout = new();
    private readonly MemoryStream _stderr = new();

    private ExecSession(ChannelBase channel)
    {
        _call = new Exec.ExecClient(channel).RunCommand(cancellationToken: _limit.Token);
    }

    public SessionStarted? Started { get; private set; }

    public SessionExit? Exit { get; private set; }

    public long Consumed { get; private set; }

    public byte[] StdoutBytes => _stdout.ToArray();

    public string Stdout => Encoding.UTF8.GetString(StdoutBytes);

    public string Stderr => Encoding.UTF8.GetString(_stderr.ToArray());

    public static async Task<ExecSession> StartAsync(ChannelBase channel, RunCommandStart start)
    {
        var session = new ExecSession(channel);
        await session._call.RequestStream.WriteAsync(new RunCommandRequest { Start = start });
        return session;
    }

    /// <summary>A shell script in the container "main", with all output wanted.</summary>
    public static Task<ExecSession> ScriptAsync(ChannelBase channel, string script, bool stdin = false, bool tty = false) =>
        StartAsync(channel, new RunCommandStart
        {
            Container = "main", Command = { "/bin/sh", "-c", script }, Stdin = stdin, Stdout = true, Stderr = !tty, Tty = tty,
            Size = tty ? new TerminalSize { Columns = 101, Rows = 43 } : null,
        });

    public Task SendAsync(RunCommandRequest request) => _call.RequestStream.WriteAsync(request);

    public Task InputAsync(string text) => SendAsync(new RunCommandRequest { Stdin = ByteString.CopyFromUtf8(text) });

    public Task CloseInputAsync() => SendAsync(new RunCommandRequest { CloseStdin = new CloseStdin() });

    public Task CompleteAsync() => _call.RequestStream.CompleteAsync();

    /// <summary>Reads responses until the condition holds; fails the test when the call ends before.</summary>
    public async Task ReadUntilAsync(Func<ExecSession, bool> condition)
    {
        while (!condition(this))
        {
            Assert.True(await MoveNextAsync(), $"The session ended early: {Stdout} {Stderr} {Exit}");
        }
    }

    public async Task<SessionExit> ReadToEndAsync()
    {
        while (await MoveNextAsync())
        {
            Assert.True(Exit is null || _call.ResponseStream.Current.PartCase == RunCommandResponse.PartOneofCase.Exit, "Something came after exit.");
        }

        return Exit!;
    }

    public void Dispose()
    {
        _call.Dispose();
        _limit.Dispose();
    }

    private async Task<bool> MoveNextAsync()
    {
        if (!await _call.ResponseStream.MoveNext(_limit.Token))
        {
            return false;
        }

        var response = _call.ResponseStream.Current;
        Started = response.Started ?? Started;
        Exit = response.Exit ?? Exit;
        Consumed += (long)response.StdinConsumedBytes;
        response.Stdout.WriteTo(_stdout);
        response.Stderr.WriteTo(_stderr);
        return true;
    }
}
