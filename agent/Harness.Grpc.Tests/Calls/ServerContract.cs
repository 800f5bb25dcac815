using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;

namespace Grpc.Tests.Calls;

/// <summary>
/// What our client must see of any server of peer.proto. Derived classes bring the server: ours, or one that others
/// wrote. Waits have one generous limit.
/// </summary>
public abstract class ServerContract
{
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public async Task Unary_Message_ComesBack()
    {
        await using var session = await OpenAsync();

        var response = await session.Client.EchoAsync(new Note { Text = "höre", Number = -7, Data = ByteString.CopyFrom(1, 0, 2) });

        Assert.Equal(new Note { Text = "höre", Number = -7, Data = ByteString.CopyFrom(1, 0, 2) }, response);
    }

    [SkippableFact]
    public async Task Unary_EmptyMessage_ComesBack()
    {
        await using var session = await OpenAsync();

        Assert.Equal(new Note(), await session.Client.EchoAsync(new Note()));
    }

    [SkippableFact]
    public async Task Unary_Blocking_GivesTheResponse()
    {
        await using var session = await OpenAsync();

        var response = await Task.Run(() => session.Client.Echo(new Note { Number = 3 }));

        Assert.Equal(3, response.Number);
    }

    [SkippableFact]
    public async Task Unary_Metadata_GoesBothWaysAndIntoTrailers()
    {
        await using var session = await OpenAsync();
        byte[] bytes = [0, 1, 254, 255];

        using var call = session.Client.EchoAsync(new Note(), new Metadata { { "x-echo", "some text" }, { "x-echo-bin", bytes } });
        await call;
        var headers = await call.ResponseHeadersAsync;

        Assert.Equal("some text", headers.GetValue("x-echo"));
        Assert.Equal(bytes, headers.GetValueBytes("x-echo-bin"));
        Assert.Equal("some text", call.GetTrailers().GetValue("x-trailer"));
        Assert.Equal(bytes, call.GetTrailers().GetValueBytes("x-trailer-bin"));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [SkippableFact]
    public async Task Unary_Failure_CarriesStatusMessageAndTrailers()
    {
        await using var session = await OpenAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(() => session.Client.EchoAsync(new Note { Text = "fail" }).ResponseAsync);

        Assert.Equal(StatusCode.Aborted, failure.StatusCode);
        Assert.Equal(PeerService.FailureDetail, failure.Status.Detail);
        Assert.Equal("asked", failure.Trailers.GetValue("x-reason"));
        Assert.Equal([0, 255, 10], failure.Trailers.GetValueBytes("x-reason-bin")!);
    }

    [SkippableFact]
    public async Task Unary_MissingMethod_IsUnimplemented()
    {
        await using var session = await OpenAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(() => session.Client.MissingAsync(new Note()).ResponseAsync);

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }

    [SkippableFact]
    public async Task Unary_LargeMessage_ComesBackWhole()
    {
        await using var session = await OpenAsync();
        var data = new byte[3_000_000];
        new Random(1).NextBytes(data);

        var response = await session.Client.EchoAsync(new Note { Data = ByteString.CopyFrom(data) });

        Assert.Equal(data, response.Data.ToByteArray());
    }

    [SkippableFact]
    public async Task Unary_ResponseBeyondTheLimit_IsResourceExhausted()
    {
        await using var session = await OpenAsync(options => options.MaxReceiveMessageSize = 1000);

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => session.Client.EchoAsync(new Note { Text = "bytes", Number = 1001 }).ResponseAsync);

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
    }

    [SkippableFact]
    public async Task Unary_RequestBeyondTheLimit_IsResourceExhausted()
    {
        await using var session = await OpenAsync(options => options.MaxSendMessageSize = 1000);

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => session.Client.EchoAsync(new Note { Data = ByteString.CopyFrom(new byte[1001]) }).ResponseAsync);

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
    }

    [SkippableFact]
    public async Task Unary_DeadlinePasses_IsDeadlineExceeded()
    {
        await using var session = await OpenAsync();
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(300);

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => session.Client.EchoAsync(new Note { Text = "wait" }, deadline: deadline).ResponseAsync);

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
    }

    [SkippableFact]
    public async Task Unary_Cancelled_ReachesTheServer()
    {
        await using var session = await OpenAsync();
        using var cancellation = new CancellationTokenSource();
        using var call = session.Client.Count(new Note { Number = 1, Text = "wait" }, cancellationToken: cancellation.Token);
        Assert.True(await call.ResponseStream.MoveNext());

        await cancellation.CancelAsync();
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
        await session.WaitUntilAsync(async client => (await client.EchoAsync(new Note { Text = "cancelled" })).Number > 0);
    }

    [SkippableFact]
    public async Task ServerStreaming_Messages_ComeInOrderUntilTheEnd()
    {
        await using var session = await OpenAsync();
        using var call = session.Client.Count(new Note { Number = 200 });

        var numbers = new List<long>();
        await foreach (var note in call.ResponseStream.ReadAllAsync())
        {
            numbers.Add(note.Number);
        }

        Assert.Equal(Enumerable.Range(1, 200).Select(number => (long)number), numbers);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [SkippableFact]
    public async Task ServerStreaming_FailureAfterMessages_ComesAfterThem()
    {
        await using var session = await OpenAsync();
        using var call = session.Client.Count(new Note { Number = 2, Text = "fail" });

        Assert.True(await call.ResponseStream.MoveNext());
        Assert.True(await call.ResponseStream.MoveNext());
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.Aborted, failure.StatusCode);
        Assert.Equal(PeerService.FailureDetail, failure.Status.Detail);
    }

    [SkippableFact]
    public async Task ServerStreaming_LargeMessages_FlowPastTheWindow()
    {
        await using var session = await OpenAsync();
        using var call = session.Client.Count(new Note { Number = 20, Data = ByteString.CopyFrom(new byte[500_000]) });

        var total = 0L;
        await foreach (var note in call.ResponseStream.ReadAllAsync())
        {
            total += note.Data.Length;
        }

        Assert.Equal(20 * 500_000, total);
    }

    [SkippableFact]
    public async Task ClientStreaming_Messages_AreAllSeen()
    {
        await using var session = await OpenAsync();
        using var call = session.Client.Sum();

        for (var number = 1; number <= 100; number++)
        {
            await call.RequestStream.WriteAsync(new Note { Number = number });
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal(5050, (await call).Number);
    }

    [SkippableFact]
    public async Task ClientStreaming_NoMessages_GivesTheResponse()
    {
        await using var session = await OpenAsync();
        using var call = session.Client.Sum();

        await call.RequestStream.CompleteAsync();

        Assert.Equal(0, (await call).Number);
    }

    [SkippableFact]
    public async Task ClientStreaming_ServerFailsEarly_WriterAndResponseTellItsStatus()
    {
        await using var session = await OpenAsync();
        using var call = session.Client.Sum();
        await call.RequestStream.WriteAsync(new Note { Text = "fail" });

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        var writing = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new Note()));

        Assert.Equal(StatusCode.Aborted, failure.StatusCode);
        Assert.Equal(StatusCode.Aborted, writing.StatusCode);
    }

    [SkippableFact]
    public async Task Duplex_EachMessage_IsAnsweredBeforeTheNext()
    {
        await using var session = await OpenAsync();
        using var call = session.Client.Chat(new Metadata { { "x-echo", "first" }, { "x-echo-bin", [] } });
        Assert.Equal("first", (await call.ResponseHeadersAsync).GetValue("x-echo"));

        for (var number = 1; number <= 50; number++)
        {
            await call.RequestStream.WriteAsync(new Note { Number = number });
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(number, call.ResponseStream.Current.Number);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal("first", call.GetTrailers().GetValue("x-trailer"));
    }

    [SkippableFact]
    public async Task Duplex_Disposed_ReachesTheServer()
    {
        await using var session = await OpenAsync();
        var call = session.Client.Chat();
        await call.RequestStream.WriteAsync(new Note { Number = 1 });
        Assert.True(await call.ResponseStream.MoveNext());
        await call.RequestStream.WriteAsync(new Note { Text = "wait" });

        call.Dispose();

        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
    }

    private protected abstract Task<string> StartServerAsync();

    private async Task<PeerSession> OpenAsync(Action<GrpcChannelOptions>? configure = null)
    {
        var options = new GrpcChannelOptions();
        configure?.Invoke(options);
        return new PeerSession(GrpcChannel.ForAddress(await StartServerAsync(), options), Patience);
    }
}
