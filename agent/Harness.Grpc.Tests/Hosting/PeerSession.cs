using Grpc.Net.Client;

namespace Grpc.Tests.Hosting;

/// <summary>A channel to a peer for one test.</summary>
internal sealed class PeerSession(GrpcChannel channel, TimeSpan patience) : IAsyncDisposable
{
    public Peer.PeerClient Client { get; } = new(channel);

    /// <summary>Asks the peer until it says yes: what happens on its side has no other sign here.</summary>
    public async Task WaitUntilAsync(Func<Peer.PeerClient, Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(patience, TimeProvider.System);
        while (!await condition(Client))
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    public ValueTask DisposeAsync()
    {
        channel.Dispose();
        return ValueTask.CompletedTask;
    }
}
