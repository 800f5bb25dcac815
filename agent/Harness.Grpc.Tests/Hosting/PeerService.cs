using Grpc.Core;

namespace Grpc.Tests.Hosting;

/// <summary>
/// The service of peer.proto. A note's text can ask for more than an answer: <c>wait</c> (never answer; end when cancelled),
/// <c>fail</c> (end with ABORTED, a message outside ASCII, and trailers), <c>throw</c> (an exception of the handler),
/// <c>cancelled</c> (how many waiting calls were cancelled so far), <c>bytes</c> (as many bytes as the number says).
/// Metadata <c>x-echo</c> and <c>x-echo-bin</c> come back as headers, and as trailers <c>x-trailer</c>, <c>x-trailer-bin</c>.
/// </summary>
internal sealed class PeerService(CancelledCalls cancelled) : Peer.PeerBase
{
    public const string FailureDetail = "100 % käputt\n失敗";

    public override async Task<Note> Echo(Note request, ServerCallContext context)
    {
        await ReturnMetadataAsync(context);
        return await AnswerAsync(request, context);
    }

    public override async Task Count(Note request, IServerStreamWriter<Note> responseStream, ServerCallContext context)
    {
        for (var number = 1; number <= request.Number; number++)
        {
            await responseStream.WriteAsync(new Note { Number = number, Data = request.Data });
        }

        await AnswerAsync(request, context);
    }

    public override async Task<Note> Sum(IAsyncStreamReader<Note> requestStream, ServerCallContext context)
    {
        var sum = new Note();
        await foreach (var note in requestStream.ReadAllAsync())
        {
            await AnswerAsync(note, context);
            sum.Number += note.Number;
        }

        return sum;
    }

    public override async Task Chat(
        IAsyncStreamReader<Note> requestStream, IServerStreamWriter<Note> responseStream, ServerCallContext context)
    {
        await ReturnMetadataAsync(context);
        await foreach (var note in requestStream.ReadAllAsync())
        {
            await responseStream.WriteAsync(await AnswerAsync(note, context));
        }
    }

    private static Task ReturnMetadataAsync(ServerCallContext context)
    {
        if (context.RequestHeaders.Get("x-echo") is null)
        {
            return Task.CompletedTask;
        }

        var text = context.RequestHeaders.GetValue("x-echo")!;
        var bytes = context.RequestHeaders.GetValueBytes("x-echo-bin")!;
        context.ResponseTrailers.Add("x-trailer", text);
        context.ResponseTrailers.Add("x-trailer-bin", bytes);
        return context.WriteResponseHeadersAsync(new Metadata { { "x-echo", text }, { "x-echo-bin", bytes } });
    }

    private async Task<Note> AnswerAsync(Note request, ServerCallContext context)
    {
        switch (request.Text)
        {
            case "wait":
                await WaitForCancellationAsync(context.CancellationToken);
                return request;
            case "fail":
                var trailers = new Metadata { { "x-reason", "asked" }, { "x-reason-bin", [0, 255, 10] } };
                throw new RpcException(new Status(StatusCode.Aborted, FailureDetail), trailers);
            case "throw":
                throw new InvalidOperationException("a secret of the handler");
            case "cancelled":
                return new Note { Number = cancelled.Count };
            case "bytes":
                return new Note { Data = Google.Protobuf.ByteString.CopyFrom(new byte[request.Number]) };
            default:
                return request;
        }
    }

    private async Task WaitForCancellationAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            cancelled.Add();
            throw;
        }
    }
}
