using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>The response stream of a call, as its caller reads it. One reader at a time.</summary>
internal sealed class ResponseStreamReader<TRequest, TResponse>(HttpCall<TRequest, TResponse> call) : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private TResponse? _current;
    private int _isReading;

    public TResponse Current => _current
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
            using var registration = cancellationToken.UnsafeRegister(
                static call => ((HttpCall<TRequest, TResponse>)call!).CancelByCaller(), call);
            _current = await call.ReadNextAsync();
            return _current is not null;
        }
        finally
        {
            Volatile.Write(ref _isReading, 0);
        }
    }
}
