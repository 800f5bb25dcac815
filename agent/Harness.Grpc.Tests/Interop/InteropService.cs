using Google.Protobuf;
using Grpc.AspNetCore.Server.Calls;
using Grpc.Core;
using Grpc.Testing;

namespace Grpc.Tests.Interop;

/// <summary>
/// The server of gRPC's interoperability cases. Wants responses to be compressed by its options, and leaves that out for each message
/// that is not asked for as compressed.
/// </summary>
internal sealed class InteropService : TestService.TestServiceBase
{
    public const string InitialKey = "x-grpc-test-echo-initial";
    public const string TrailingKey = "x-grpc-test-echo-trailing-bin";

    private static readonly WriteOptions Uncompressed = new(WriteFlags.NoCompress);

    public override Task<Empty> EmptyCall(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

    public override async Task<SimpleResponse> UnaryCall(SimpleRequest request, ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        ThrowIfAsked(request.ResponseStatus);
        ThrowIfNotAsExpected(request.ExpectCompressed, context);
        context.WriteOptions = OptionsFor(request.ResponseCompressed);
        return new SimpleResponse { Payload = PayloadOf(request.ResponseSize) };
    }

    public override Task StreamingOutputCall(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responseStream, ServerCallContext context) =>
        WriteAsync(request, responseStream, context);

    public override async Task<StreamingInputCallResponse> StreamingInputCall(
        IAsyncStreamReader<StreamingInputCallRequest> requestStream, ServerCallContext context)
    {
        var response = new StreamingInputCallResponse();
        await foreach (var request in requestStream.ReadAllAsync())
        {
            ThrowIfNotAsExpected(request.ExpectCompressed, context);
            response.AggregatedPayloadSize += request.Payload.Body.Length;
        }

        return response;
    }

    public override async Task FullDuplexCall(
        IAsyncStreamReader<StreamingOutputCallRequest> requestStream,
        IServerStreamWriter<StreamingOutputCallResponse> responseStream,
        ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        await foreach (var request in requestStream.ReadAllAsync())
        {
            ThrowIfAsked(request.ResponseStatus);
            await WriteAsync(request, responseStream, context);
        }
    }

    private static async Task WriteAsync(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responses, ServerCallContext context)
    {
        foreach (var parameters in request.ResponseParameters)
        {
            if (parameters.IntervalUs > 0)
            {
                await Task.Delay(TimeSpan.FromMicroseconds(parameters.IntervalUs), TimeProvider.System, context.CancellationToken);
            }

            responses.WriteOptions = OptionsFor(parameters.Compressed);
            await responses.WriteAsync(new StreamingOutputCallResponse { Payload = PayloadOf(parameters.Size) });
        }
    }

    private static Task EchoMetadataAsync(ServerCallContext context)
    {
        if (context.RequestHeaders.Get(TrailingKey) is { } trailing)
        {
            context.ResponseTrailers.Add(trailing);
        }

        return context.RequestHeaders.Get(InitialKey) is { } initial
            ? context.WriteResponseHeadersAsync([initial])
            : Task.CompletedTask;
    }

    private static void ThrowIfAsked(EchoStatus? status)
    {
        if (status is { Code: not 0 })
        {
            throw new RpcException(new Status((StatusCode)status.Code, status.Message));
        }
    }

    private static void ThrowIfNotAsExpected(BoolValue? expected, ServerCallContext context)
    {
        var isCompressed = ((ServerCall)context).Requests.IsLastCompressed;
        if (expected is not null && expected.Value != isCompressed)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"compressed: {isCompressed}, expected {expected.Value}"));
        }
    }

    private static WriteOptions OptionsFor(BoolValue? compressed) => compressed is { Value: true } ? WriteOptions.Default : Uncompressed;

    private static Payload PayloadOf(int size) => new() { Body = ByteString.CopyFrom(new byte[size]) };
}
