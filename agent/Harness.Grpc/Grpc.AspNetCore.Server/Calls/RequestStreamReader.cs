using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>The request stream of a call, as its handler reads it. One reader at a time.</summary>
internal sealed class RequestStreamReader<T>(ServerCall call, Marshaller<T> marshaller) : IAsyncStreamReader<T>
    where T : class
{
    private T? _current;
    private bool _isEnded;
    private int _isReading;

    public T Current => _current
        ?? throw new InvalidOperationException("There is no current message: MoveNext was not called, or returned false.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isReading, 1) == 1)
        {
            throw new InvalidOperationException("Can't read the next message because the previous read is still in progress.");
        }

        try
        {
            _current = null;
            _current = _isEnded ? null : await ReadAsync(cancellationToken);
            _isEnded |= _current is null;
            return !_isEnded;
        }
        finally
        {
            Volatile.Write(ref _isReading, 0);
        }
    }

    private async Task<T?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled || cancellationToken == call.CancellationToken)
        {
            return await call.Requests.ReadAsync(marshaller.ContextualDeserializer, call.CancellationToken);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, cancellationToken);
        return await call.Requests.ReadAsync(marshaller.ContextualDeserializer, either.Token);
    }
}
