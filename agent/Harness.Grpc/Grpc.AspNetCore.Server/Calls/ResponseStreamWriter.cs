using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>The response stream of a call, as its handler writes it. One write at a time.</summary>
internal sealed class ResponseStreamWriter<T>(ServerCall call, Marshaller<T> marshaller) : IServerStreamWriter<T>
    where T : class
{
    public WriteOptions? WriteOptions
    {
        get => call.WriteOptions;
        set => call.WriteOptions = value;
    }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var flags = WriteOptions?.Flags ?? default;
        if (!cancellationToken.CanBeCanceled || cancellationToken == call.CancellationToken)
        {
            await call.Responses.WriteAsync(marshaller, message, flags, call.CancellationToken);
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, cancellationToken);
        await call.Responses.WriteAsync(marshaller, message, flags, either.Token);
    }
}
