using System.IO.Pipelines;
using System.Net;
using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>
/// A request body that stays open while the call's writer writes to <see cref="OutputAsync"/>, until
/// <see cref="Complete"/>. Thread-safe.
/// </summary>
internal sealed class MessageStreamContent : HttpContent
{
    private readonly TaskCompletionSource<PipeWriter> _output = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The connection's stream, once the request headers were sent.</summary>
    public Task<PipeWriter> OutputAsync => _output.Task;

    /// <summary>Ends the body.</summary>
    public void Complete() => _completed.TrySetResult();

    /// <summary>Breaks an unfinished body off: its stream is reset.</summary>
    public void Abandon() => _completed.TrySetCanceled();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // Headers go out with the first flush: the server must see the call before the first message.
        await stream.FlushAsync(cancellationToken);
        if (!_output.TrySetResult(PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true))))
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The connection was lost and a request stream cannot be sent twice."));
        }

        await _completed.Task.WaitAsync(cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
