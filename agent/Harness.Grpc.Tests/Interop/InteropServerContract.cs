using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Testing;
using Grpc.Tests.Hosting;

namespace Grpc.Tests.Interop;

/// <summary>
/// The standard cases from our client to a server: ours, or one on an implementation of others. What went over the wire compressed, a
/// tap tells.
/// </summary>
public abstract class InteropServerContract
{
    private const string SpecialMessage = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n";
    private const int Unknown = 2;

    private protected static readonly Metadata Gzip = new() { { "grpc-internal-encoding-request", "gzip" } };

    private static readonly byte[] TrailingValue = [0xab, 0xab, 0xab];
    private static readonly Metadata Echoed = new()
    {
        { InteropService.InitialKey, "test_initial_metadata_value" },
        { InteropService.TrailingKey, TrailingValue },
    };

    [SkippableFact]
    public Task EmptyUnary() => RunAsync(async client => Assert.Equal(new Empty(), await client.EmptyCallAsync(new Empty())));

    [SkippableFact]
    public Task LargeUnary() => RunAsync(async client => AssertZeros(314159, (await client.UnaryCallAsync(Large())).Payload));

    [SkippableFact]
    public Task ClientStreaming() => RunAsync(async client =>
    {
        using var call = client.StreamingInputCall();
        foreach (var size in new[] { 27182, 8, 1828, 45904 })
        {
            await call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = PayloadOf(size) });
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal(74922, (await call).AggregatedPayloadSize);
    });

    [SkippableFact]
    public Task ServerStreaming() => RunAsync(async client =>
    {
        var request = new StreamingOutputCallRequest();
        request.ResponseParameters.Add(new[] { 31415, 9, 2653, 58979 }.Select(size => new ResponseParameters { Size = size }));
        using var call = client.StreamingOutputCall(request);

        Assert.Equal([31415, 9, 2653, 58979], await SizesAsync(call.ResponseStream));
    });

    [SkippableFact]
    public Task PingPong() => RunAsync(async client =>
    {
        using var call = client.FullDuplexCall();
        foreach (var (size, payloadSize) in new[] { (31415, 27182), (9, 8), (2653, 1828), (58979, 45904) })
        {
            await call.RequestStream.WriteAsync(Output(size, payloadSize));
            Assert.True(await call.ResponseStream.MoveNext());
            AssertZeros(size, call.ResponseStream.Current.Payload);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    });

    [SkippableFact]
    public Task EmptyStream() => RunAsync(async client =>
    {
        using var call = client.FullDuplexCall();
        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    });

    [SkippableFact]
    public Task StatusCodeAndMessage() => RunAsync(async client =>
    {
        var status = new EchoStatus { Code = Unknown, Message = "test status message" };
        var unary = await FailureOf(() => client.UnaryCallAsync(new SimpleRequest { ResponseStatus = status }).ResponseAsync);
        using var call = client.FullDuplexCall();
        await call.RequestStream.WriteAsync(new StreamingOutputCallRequest { ResponseStatus = status });
        await call.RequestStream.CompleteAsync();
        var duplex = await FailureOf(() => call.ResponseStream.MoveNext());

        Assert.All([unary, duplex], failure => Assert.Equal((StatusCode.Unknown, "test status message"), (failure.StatusCode, failure.Status.Detail)));
    });

    [SkippableFact]
    public Task SpecialStatusMessage() => RunAsync(async client =>
    {
        var request = new SimpleRequest { ResponseStatus = new EchoStatus { Code = Unknown, Message = SpecialMessage } };
        var failure = await FailureOf(() => client.UnaryCallAsync(request).ResponseAsync);

        Assert.Equal((StatusCode.Unknown, SpecialMessage), (failure.StatusCode, failure.Status.Detail));
    });

    [SkippableFact]
    public Task UnimplementedMethod() => RunAsync(async client =>
        Assert.Equal(StatusCode.Unimplemented, (await FailureOf(() => client.UnimplementedCallAsync(new Empty()).ResponseAsync)).StatusCode));

    [SkippableFact]
    public async Task UnimplementedService()
    {
        using var channel = await OpenAsync();
        var client = new UnimplementedService.UnimplementedServiceClient(channel);

        Assert.Equal(StatusCode.Unimplemented, (await FailureOf(() => client.UnimplementedCallAsync(new Empty()).ResponseAsync)).StatusCode);
    }

    [SkippableFact]
    public Task CancelAfterBegin() => RunAsync(async client =>
    {
        using var cancellation = new CancellationTokenSource();
        using var call = client.StreamingInputCall(cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await FailureOf(() => call.ResponseAsync)).StatusCode);
    });

    [SkippableFact]
    public Task CancelAfterFirstResponse() => RunAsync(async client =>
    {
        using var cancellation = new CancellationTokenSource();
        using var call = client.FullDuplexCall(cancellationToken: cancellation.Token);
        await call.RequestStream.WriteAsync(Output(31415, 27182));
        Assert.True(await call.ResponseStream.MoveNext());
        await cancellation.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await FailureOf(() => call.ResponseStream.MoveNext())).StatusCode);
    });

    [SkippableFact]
    public Task TimeoutOnSleepingServer() => RunAsync(async client =>
    {
        using var call = client.FullDuplexCall(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(1));
        var request = Output(31415, 27182);
        request.ResponseParameters[0].IntervalUs = 600_000_000;
        try
        {
            await call.RequestStream.WriteAsync(request);
        }
        catch (RpcException failure)
        {
            Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        }

        Assert.Equal(StatusCode.DeadlineExceeded, (await FailureOf(() => call.ResponseStream.MoveNext())).StatusCode);
    });

    [SkippableFact]
    public Task CustomMetadata() => RunAsync(async client =>
    {
        using var unary = client.UnaryCallAsync(Large(), Echoed);
        await unary;
        AssertEchoed(await unary.ResponseHeadersAsync, unary.GetTrailers());
        using var duplex = client.FullDuplexCall(Echoed);
        await duplex.RequestStream.WriteAsync(Output(314159, 271828));
        await duplex.RequestStream.CompleteAsync();
        Assert.Equal([314159], await SizesAsync(duplex.ResponseStream));
        AssertEchoed(await duplex.ResponseHeadersAsync, duplex.GetTrailers());
    });

    [SkippableFact]
    public Task ClientCompressedUnary() => RunAsync(async client =>
    {
        if (IsJudgeOfRequests)
        {
            Assert.Equal(StatusCode.InvalidArgument, (await FailureOf(() => client.UnaryCallAsync(Expecting(true)).ResponseAsync)).StatusCode);
        }

        Tap.Clear();
        await client.UnaryCallAsync(Expecting(true), Gzip);
        await client.UnaryCallAsync(Expecting(false));
        await client.UnaryCallAsync(Expecting(false), new CallOptions(Gzip, writeOptions: new WriteOptions(WriteFlags.NoCompress)));

        Assert.Equal([true, false, false], Tap.CompressedFlags(isFromClient: true));
    });

    [SkippableFact]
    public Task ServerCompressedUnary() => RunAsync(async client =>
    {
        Skip.If(Responses == ResponseCompression.None, "The server of this implementation compresses no responses.");
        Tap.Clear();
        foreach (var isCompressed in new[] { true, false })
        {
            var request = Large();
            request.ResponseCompressed = new BoolValue { Value = isCompressed };
            var headers = isCompressed && Responses == ResponseCompression.LikeTheRequest ? Gzip : null;
            AssertZeros(314159, (await client.UnaryCallAsync(request, headers)).Payload);
        }

        Assert.Equal([true, false], Tap.CompressedFlags(isFromClient: false));
    });

    [SkippableFact]
    public Task ClientCompressedStreaming() => RunAsync(async client =>
    {
        if (IsJudgeOfRequests)
        {
            using var probe = client.StreamingInputCall();
            await probe.RequestStream.WriteAsync(Part(27182, isCompressed: true));
            Assert.Equal(StatusCode.InvalidArgument, (await FailureOf(() => probe.ResponseAsync)).StatusCode);
        }

        Tap.Clear();
        using var call = client.StreamingInputCall(Gzip);
        await call.RequestStream.WriteAsync(Part(27182, isCompressed: true));
        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
        await call.RequestStream.WriteAsync(Part(45904, isCompressed: false));
        await call.RequestStream.CompleteAsync();

        Assert.Equal(73086, (await call).AggregatedPayloadSize);
        Assert.Equal([true, false], Tap.CompressedFlags(isFromClient: true));
    });

    [SkippableFact]
    public Task ServerCompressedStreaming() => RunAsync(async client =>
    {
        Skip.If(Responses != ResponseCompression.EachMessage, "The server of this implementation cannot compress some messages of a stream only.");
        Tap.Clear();
        var request = new StreamingOutputCallRequest();
        request.ResponseParameters.Add(new ResponseParameters { Size = 31415, Compressed = new BoolValue { Value = true } });
        request.ResponseParameters.Add(new ResponseParameters { Size = 92653, Compressed = new BoolValue { Value = false } });
        using var call = client.StreamingOutputCall(request);

        Assert.Equal([31415, 92653], await SizesAsync(call.ResponseStream));
        Assert.Equal([true, false], Tap.CompressedFlags(isFromClient: false));
    });

    /// <summary>Whether the server can tell that a request came compressed, and refuses those that it expected to be otherwise.</summary>
    private protected abstract bool IsJudgeOfRequests { get; }

    private protected abstract ResponseCompression Responses { get; }

    private protected abstract WireTap Tap { get; }

    private protected abstract Task<string> StartServerAsync();

    private async Task<GrpcChannel> OpenAsync() => GrpcChannel.ForAddress(await StartServerAsync());

    private async Task RunAsync(Func<TestService.TestServiceClient, Task> check)
    {
        using var channel = await OpenAsync();
        await check(new TestService.TestServiceClient(channel));
    }

    private static Task<RpcException> FailureOf(Func<Task> call) => Assert.ThrowsAsync<RpcException>(call);

    private static async Task<List<int>> SizesAsync(IAsyncStreamReader<StreamingOutputCallResponse> responses)
    {
        var sizes = new List<int>();
        await foreach (var response in responses.ReadAllAsync())
        {
            sizes.Add(response.Payload.Body.Length);
        }

        return sizes;
    }

    private static void AssertZeros(int size, Payload payload) => Assert.Equal(new byte[size], payload.Body.ToByteArray());

    private static void AssertEchoed(Metadata headers, Metadata trailers)
    {
        Assert.Equal("test_initial_metadata_value", headers.GetValue(InteropService.InitialKey));
        Assert.Equal(TrailingValue, trailers.GetValueBytes(InteropService.TrailingKey));
    }

    private static Payload PayloadOf(int size) => new() { Body = ByteString.CopyFrom(new byte[size]) };

    private static SimpleRequest Large() => new() { ResponseSize = 314159, Payload = PayloadOf(271828) };

    private static SimpleRequest Expecting(bool isCompressed)
    {
        var request = Large();
        request.ExpectCompressed = new BoolValue { Value = isCompressed };
        return request;
    }

    private static StreamingInputCallRequest Part(int size, bool isCompressed) =>
        new() { Payload = PayloadOf(size), ExpectCompressed = new BoolValue { Value = isCompressed } };

    private static StreamingOutputCallRequest Output(int size, int payloadSize) => new()
    {
        ResponseParameters = { new ResponseParameters { Size = size } },
        Payload = PayloadOf(payloadSize),
    };
}
