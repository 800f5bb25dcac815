using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;

namespace Grpc.Tests.Calls;

/// <summary>Our client and our server.</summary>
public sealed class OwnServerTests : ServerContract, IAsyncLifetime
{
    private GrpcHost? _host;

    public async Task InitializeAsync() => _host = await GrpcHost.StartAsync();

    public async Task DisposeAsync() => await _host!.DisposeAsync();

    [Fact]
    public async Task Calls_ManyAtOnce_AllGetTheirOwnAnswers()
    {
        using var channel = GrpcChannel.ForAddress(_host!.Address);
        var client = new Peer.PeerClient(channel);

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(async number => (await client.EchoAsync(new Note { Number = number })).Number));

        Assert.Equal(Enumerable.Range(0, 1000).Select(number => (long)number), answers);
    }

    [Fact]
    public async Task Calls_ManyCancelledAtOnce_LeaveTheChannelWhole()
    {
        using var channel = GrpcChannel.ForAddress(_host!.Address);
        var client = new Peer.PeerClient(channel);
        using var cancellation = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 200)
            .Select(_ => client.EchoAsync(new Note { Text = "wait" }, cancellationToken: cancellation.Token).ResponseAsync)
            .ToList();

        await cancellation.CancelAsync();
        foreach (var call in waiting)
        {
            Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);
        }

        Assert.Equal(9, (await client.EchoAsync(new Note { Number = 9 })).Number);
    }

    private protected override Task<string> StartServerAsync() => Task.FromResult(_host!.Address);
}
