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
            End();
        }
    }

    public Task CompleteAsync()
    {
        Begin("complete the request stream");
        lock (_lock)
        {
            _isComplete = true;
        }

        End();
        content.Complete();
        return Task.CompletedTask;
    }

    private async Task WriteCoreAsync(TRequest message, WriteFlags flags)
    {
        try
        {
            var output = await call.WaitAsync(content.OutputAsync);
            _frames ??= new FrameWriter(output, call.MaxSendMessageSize);
            _frames.Write(call.Method.RequestMarshaller.ContextualSerializer, message, call.IsRequestCompressed && !flags.HasFlag(WriteFlags.NoCompress));
            if (!flags.HasFlag(WriteFlags.BufferHint))
            {
                await output.FlushAsync(call.CancellationToken);
            }
        }
        catch (Exception exception)
        {
            throw call.ToWriteFailure(exception, isStreamBroken: _frames?.IsBroken ?? false);
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

    private void End()
    {
        lock (_lock)
        {
            _isWriting = false;
        }
    }
}
