using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>
/// The response of a call: headers, messages, status, in that order. One message at a time; a second writer is refused,
/// and so is every writer once the response was closed. Thread-safe.
/// </summary>
internal sealed class ResponseWriter(HttpResponse response, int? maxMessageSize, bool isCompressed)
{
    private readonly Lock _lock = new();
    private readonly FrameWriter _frames = new(response.BodyWriter, maxMessageSize);
    private bool _hasMessages;
    private bool _isClosed;
    private TaskCompletionSource? _writing;

    public async Task SendHeadersAsync(Metadata headers, CancellationToken cancellationToken)
    {
        Begin("send response headers");
        try
        {
            if (response.HasStarted || _hasMessages)
            {
                throw new InvalidOperationException("Response headers can only be sent once, and before the first message.");
            }

            foreach (var entry in headers)
            {
                response.Headers.Append(entry.Key, MetadataHeaders.ToHeaderValue(entry));
            }

            AddEncoding();
            await response.StartAsync(cancellationToken);
            await response.BodyWriter.FlushAsync(cancellationToken);
        }
        finally
        {
            End();
        }
    }

    /// <summary>Sends one message of a stream.</summary>
    public async Task WriteAsync<T>(Marshaller<T> marshaller, T message, WriteFlags flags, CancellationToken cancellationToken)
    {
        Begin("write the message");
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            Append(marshaller, message, isCompressed && !flags.HasFlag(WriteFlags.NoCompress));
            if (!flags.HasFlag(WriteFlags.BufferHint))
            {
                var flushed = await response.BodyWriter.FlushAsync(cancellationToken);
                if (flushed.IsCompleted)
                {
                    throw new ConnectionAbortedException("The client ended the call.");
                }
            }
        }
        finally
        {
            End();
        }
    }

    /// <summary>Puts down the only message of the call; it goes out together with the status.</summary>
    public void WriteSingle<T>(Marshaller<T> marshaller, T? message, WriteFlags flags)
        where T : class
    {
        if (message is null)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "No message returned from method."));
        }

        Begin("write the response");
        try
        {
            Append(marshaller, message, isCompressed && !flags.HasFlag(WriteFlags.NoCompress));
        }
        finally
        {
            End();
        }
    }

    /// <summary>Refuses further messages; ends when the one that is being written has ended.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            return _writing?.Task ?? Task.CompletedTask;
        }
    }

    /// <summary>Ends a closed response: by trailers, or within the headers when an error is all there is to say.</summary>
    public async Task SendStatusAsync(Status status, Metadata trailers)
    {
        if (_frames.IsBroken)
        {
            response.HttpContext.Abort();
            return;
        }

        if (!trailers.All(MetadataHeaders.IsSendable))
        {
            status = new Status(StatusCode.Internal, "The handler's trailers hold text that is not printable ASCII.");
        }

        var isTrailersOnly = !response.HasStarted && !_hasMessages && status.StatusCode != StatusCode.OK;
        if (!isTrailersOnly && !response.HasStarted)
        {
            AddEncoding();
            await response.StartAsync();
        }

        Action<string, string> add = isTrailersOnly
            ? (name, value) => response.Headers.Append(name, value)
            : (name, value) => response.AppendTrailer(name, value);
        foreach (var entry in trailers.Where(MetadataHeaders.IsSendable))
        {
            add(entry.Key, MetadataHeaders.ToHeaderValue(entry));
        }

        add(WellKnown.StatusHeader, StatusHeaders.FormatCode(status));
        if (StatusHeaders.FormatMessage(status) is { } message)
        {
            add(WellKnown.MessageHeader, message);
        }

        await response.CompleteAsync();
    }

    private void Append<T>(Marshaller<T> marshaller, T message, bool isMessageCompressed)
    {
        if (!response.HasStarted && !_hasMessages)
        {
            AddEncoding();
        }

        _frames.Write(marshaller.ContextualSerializer, message, isMessageCompressed);
        _hasMessages = true;
    }

    private void AddEncoding()
    {
        if (isCompressed)
        {
            response.Headers[WellKnown.EncodingHeader] = WellKnown.GzipEncoding;
        }
    }

    private void Begin(string what)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                throw new InvalidOperationException($"Can't {what} because the request is complete.");
            }

            if (_writing is not null)
            {
                throw new InvalidOperationException($"Can't {what} because the previous write is in progress.");
            }

            _writing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void End()
    {
        lock (_lock)
        {
            _writing?.SetResult();
            _writing = null;
        }
    }
}
