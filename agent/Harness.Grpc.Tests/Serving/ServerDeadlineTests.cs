using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;
using Harness.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Tests.Serving;

/// <summary>Each side keeps deadlines by its own clock; only one of the two moves here.</summary>
public sealed class ServerDeadlineTests
{
    private readonly ManualTimeProvider _serverClock = new();
    private readonly ManualTimeProvider _clientClock = new();
    private readonly TaskCompletionSource<ServerCallContext> _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Deadline_HandlerWaits_EndsTheCallAndCancelsTheHandler()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var failure = await ExceedAsync(async context =>
        {
            context.CancellationToken.Register(() => cancelled.TrySetResult());
            await cancelled.Task;
            context.CancellationToken.ThrowIfCancellationRequested();
        });

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        await cancelled.Task;
    }

    [Fact]
    public async Task Deadline_HandlerIgnoresIt_EndsTheCallAllTheSame()
    {
        var release = new TaskCompletionSource();

        var failure = await ExceedAsync(_ => release.Task);

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        release.SetResult();
    }

    [Fact]
    public async Task Deadline_WriteAfterwards_IsRefused()
    {
        var late = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await StartAsync(new ScriptedPeer
        {
            OnCount = async (note, responses, context) =>
            {
                await responses.WriteAsync(note);
                _entered.SetResult(context);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken)
                    .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                late.SetResult(await Record.ExceptionAsync(() => responses.WriteAsync(note)));
            },
        });
        using var channel = Open(host);
        using var call = new Peer.PeerClient(channel).Count(new Note(), deadline: InOneHour());
        Assert.True(await call.ResponseStream.MoveNext());

        await _entered.Task;
        _serverClock.Advance(TimeSpan.FromHours(1));
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        Assert.IsType<InvalidOperationException>(await late.Task);
    }

    [Fact]
    public async Task Deadline_MessageStuckInFlowControl_ResetsTheStream()
    {
        var ended = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await StartAsync(new ScriptedPeer
        {
            OnCount = async (note, responses, context) =>
            {
                var write = responses.WriteAsync(new Note { Data = ByteString.CopyFrom(new byte[30_000_000]) });
                _entered.SetResult(context);
                ended.SetResult(await Record.ExceptionAsync(() => write));
            },
        });
        using var channel = Open(host);
        using var call = new Peer.PeerClient(channel).Count(new Note(), deadline: InOneHour());

        await _entered.Task;
        _serverClock.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(await ended.Task);
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
    }

    [Fact]
    public async Task Deadline_ByTheClientsClock_EndsTheCallThere()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await StartAsync(new ScriptedPeer
        {
            OnEcho = async (note, context) =>
            {
                context.CancellationToken.Register(() => cancelled.TrySetResult());
                _entered.SetResult(context);
                await cancelled.Task;
                return note;
            },
        });
        using var channel = Open(host);
        using var call = new Peer.PeerClient(channel).EchoAsync(new Note(), deadline: InOneHour());

        await _entered.Task;
        _clientClock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(StatusCode.DeadlineExceeded, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
        await cancelled.Task;
    }

    [Fact]
    public async Task Deadline_OfTheClient_IsKnownToTheHandler()
    {
        DateTime? seen = null;
        await using var host = await StartAsync(new ScriptedPeer
        {
            OnEcho = (note, context) =>
            {
                seen = context.Deadline;
                return Task.FromResult(note);
            },
        });
        using var channel = Open(host);
        var client = new Peer.PeerClient(channel);

        await client.EchoAsync(new Note(), deadline: InOneHour());
        Assert.Equal(_serverClock.GetUtcNow().UtcDateTime.AddHours(1), seen);
        await client.EchoAsync(new Note());
        Assert.Equal(DateTime.MaxValue, seen);
    }

    private async Task<RpcException> ExceedAsync(Func<ServerCallContext, Task> handler)
    {
        await using var host = await StartAsync(new ScriptedPeer
        {
            OnEcho = async (note, context) =>
            {
                _entered.SetResult(context);
                await handler(context);
                return note;
            },
        });
        using var channel = Open(host);
        using var call = new Peer.PeerClient(channel).EchoAsync(new Note(), deadline: InOneHour());

        await _entered.Task;
        _serverClock.Advance(TimeSpan.FromHours(1));
        return await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
    }

    private DateTime InOneHour() => _clientClock.GetUtcNow().UtcDateTime.AddHours(1);

    private Task<GrpcHost> StartAsync(ScriptedPeer peer) =>
        GrpcHost.StartAsync(peer, services => services.AddSingleton<TimeProvider>(_serverClock));

    private GrpcChannel Open(GrpcHost host) => GrpcChannel.ForAddress(host.Address, new GrpcChannelOptions
    {
        MaxReceiveMessageSize = null,
        ServiceProvider = new ServiceCollection().AddSingleton<TimeProvider>(_clientClock).BuildServiceProvider(),
    });
}
