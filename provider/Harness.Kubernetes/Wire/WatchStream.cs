using System.IO.Pipelines;
using Google.Protobuf;

namespace Harness.Kubernetes.Wire;

/// <summary>
/// The events of one open watch. A silence longer than the idle timeout and a lost connection are exceptions; the server's end is a null.
/// Used by one reader.
/// </summary>
internal sealed class WatchStream<T>(
    Stream stream, bool isProtobuf, MessageParser<T> parser, WatchLimits limits, TimeProvider clock) : IAsyncDisposable
    where T : class, IMessage<T>, new()
{
    private readonly PipeReader _pipe = PipeReader.Create(stream);

    /// <summary>The next event, or null at the end.</summary>
    public async Task<WatchEvent<T>?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await FillAsync(cancellationToken);
            var buffer = read.Buffer;
            if (WatchFraming.TryRead(isProtobuf, ref buffer, out var frame))
            {
                var watchEvent = WatchEventBody.Read(frame, isProtobuf, parser, limits.Request);
                _pipe.AdvanceTo(buffer.Start);
                return watchEvent;
            }

            if (read.IsCompleted)
            {
                return buffer.IsEmpty ? null : throw new KubernetesApiException($"{limits.Request}: the watch ended in the middle of an event");
            }

            if (buffer.Length > limits.MaxEventBytes)
            {
                throw new KubernetesApiException($"{limits.Request}: an event is larger than {limits.MaxEventBytes} bytes");
            }

            _pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    public async ValueTask DisposeAsync() => await _pipe.CompleteAsync();

    private async Task<ReadResult> FillAsync(CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(limits.IdleTimeout ?? Timeout.InfiniteTimeSpan, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        try
        {
            return await _pipe.ReadAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new KubernetesApiException($"{limits.Request}: nothing came for {limits.IdleTimeout}, the connection counts as lost");
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new KubernetesApiException($"{limits.Request}: the connection was lost: {exception.Message}", exception);
        }
    }
}
