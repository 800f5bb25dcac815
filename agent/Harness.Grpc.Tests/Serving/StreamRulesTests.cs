using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;

namespace Grpc.Tests.Serving;

/// <summary>One write and one read at a time, on either side.</summary>
public sealed class StreamRulesTests
{
    private static readonly Note Large = new() { Data = ByteString.CopyFrom(new byte[3_000_000]) };

    [Fact]
    public async Task ServerWrite_WhileAnotherRuns_IsRefused()
    {
        Exception? second = null;
        var reading = new TaskCompletionSource();
        await using var host = await GrpcHost.StartAsync(new ScriptedPeer
        {
            OnCount = async (note, responses, context) =>
            {
                var first = responses.WriteAsync(Large);
                second = await Record.ExceptionAsync(() => responses.WriteAsync(note));
                reading.SetResult();
                await first;
            },
        });
        using var channel = GrpcChannel.ForAddress(host.Address);
        using var call = new Peer.PeerClient(channel).Count(new Note());

        await reading.Task;
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.False(await call.ResponseStream.MoveNext());

        Assert.IsType<InvalidOperationException>(second);
    }

    [Fact]
    public async Task ServerWrite_NotAwaited_IsFinishedBeforeTheStatus()
    {
        await using var host = await GrpcHost.StartAsync(new ScriptedPeer
        {
            OnCount = (_, responses, _) =>
            {
                _ = responses.WriteAsync(Large);
                return Task.CompletedTask;
            },
        });
        using var channel = GrpcChannel.ForAddress(host.Address);
        using var call = new Peer.PeerClient(channel).Count(new Note());

        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal(Large.Data.Length, call.ResponseStream.Current.Data.Length);
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task ClientWrite_WhileAnotherRunsOrAfterTheEnd_IsRefused()
    {
        var read = new TaskCompletionSource();
        await using var host = await GrpcHost.StartAsync(new ScriptedPeer
        {
            OnChat = async (requests, _, _) =>
            {
                await read.Task;
                while (await requests.MoveNext())
                {
                }
            },
        });
        using var channel = GrpcChannel.ForAddress(host.Address);
        using var call = new Peer.PeerClient(channel).Chat();

        var first = call.RequestStream.WriteAsync(Large);
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(new Note()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.CompleteAsync());
        read.SetResult();
        await first;
        await call.RequestStream.CompleteAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(new Note()));
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task ClientRead_WhileAnotherRuns_IsRefused()
    {
        await using var host = await GrpcHost.StartAsync();
        using var channel = GrpcChannel.ForAddress(host.Address);
        using var call = new Peer.PeerClient(channel).Chat();

        var first = call.ResponseStream.MoveNext();
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.ResponseStream.MoveNext());
        Assert.Throws<InvalidOperationException>(() => call.ResponseStream.Current);
        await call.RequestStream.CompleteAsync();

        Assert.False(await first);
    }

    [Fact]
    public async Task ClientWrite_Buffered_GoesOutAtTheEnd()
    {
        await using var host = await GrpcHost.StartAsync();
        using var channel = GrpcChannel.ForAddress(host.Address);
        using var call = new Peer.PeerClient(channel).Sum();
        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.BufferHint);

        await call.RequestStream.WriteAsync(new Note { Number = 20 });
        await call.RequestStream.WriteAsync(new Note { Number = 3 });
        await call.RequestStream.CompleteAsync();

        Assert.Equal(23, (await call).Number);
    }

    [Fact]
    public async Task ServerWrite_Buffered_GoesOutAtTheEnd()
    {
        await using var host = await GrpcHost.StartAsync(new ScriptedPeer
        {
            OnCount = async (note, responses, _) =>
            {
                responses.WriteOptions = new WriteOptions(WriteFlags.BufferHint);
                await responses.WriteAsync(note);
                await responses.WriteAsync(note);
            },
        });
        using var channel = GrpcChannel.ForAddress(host.Address);
        using var call = new Peer.PeerClient(channel).Count(new Note());

        Assert.Equal(2, await call.ResponseStream.ReadAllAsync().CountAsync());
    }
}
