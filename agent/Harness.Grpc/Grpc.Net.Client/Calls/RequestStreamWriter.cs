using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>The request stream of a call, as its caller writes it. One write at a time.</summary>
internal sealed class RequestStreamWriter<TRequest, TResponse>(HttpCall<TRequest, TResponse> call, MessageStreamContent content)
    : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    private readonly Lock _lock = new();
    private PipeWriter? _output;
    private FrameWriter? _frames;
    private bool _isWriting;
    private bool _isComplete;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        Begin("write the message");
        try
        {
            using var registration = cancellationToken.UnsafeRegister(
                static call => ((HttpCall<TRequest, TResponse>)call!).CancelByCaller(), call);
            await WriteCoreAsync(message, WriteOptions?.Flags ?? default);
        }
        finally
        {
            End(isComplete: false);
        }
    }

    public async Task CompleteAsync()
    {
        Begin("complete the request stream");
        try
        {
            await FlushAsync();
        }
        finally
        {
            End(isComplete: true);
            content.Complete();
        }
    }

    private async Task WriteCoreAsync(TRequest message, WriteFlags flags)
    {
        try
        {
            _output ??= await call.WaitAsync(content.OutputAsync);
            _frames ??= new FrameWriter(_output, call.MaxSendMessageSize);
            var isCompressed = call.IsRequestCompressed && !flags.HasFlag(WriteFlags.NoCompress);
            _frames.Write(call.Method.RequestMarshaller.ContextualSerializer, message, isCompressed);
        }
        catch (Exception exception)
        {
            throw call.ToWriteFailure(exception, isStreamBroken: _frames?.IsBroken ?? false);
        }

        if (!flags.HasFlag(WriteFlags.BufferHint))
        {
            await FlushAsync();
        }
    }

    private async Task FlushAsync()
    {
        try
        {
            if (_output is { UnflushedBytes: > 0 })
            {
                await _output.FlushAsync(call.CancellationToken);
            }
        }
        catch (Exception exception)
        {
            throw call.ToWriteFailure(exception, isStreamBroken: false);
        }
    }

    private void Begin(string what)
    {
        lock (_lock)
        {
            if (_isComplete)
            {
                throw new InvalidOperationException($"Can't {what} because the request stream was completed.");
            }

            if (_isWriting)
            {
                throw new InvalidOperationException($"Can't {what} because the previous write is in progress.");
            }

            _isWriting = true;
        }
    }

    private void End(bool isComplete)
    {
        lock (_lock)
        {
            _isComplete = isComplete;
            _isWriting = false;
        }
    }
}
