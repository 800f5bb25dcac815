using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Grpc.Tests.Transports;

/// <summary>Both sides find out, by HTTP/2 pings, when the other has gone without a word.</summary>
public sealed class KeepAliveTests
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Client_ServerFallsSilent_CallsEndWithUnavailable()
    {
        await using var host = await GrpcHost.StartAsync();
        await using var tap = WireTap.Start(new Uri(host.Address).Port);
        using var handler = new SocketsHttpHandler { KeepAlivePingDelay = Shortest, KeepAlivePingTimeout = Shortest };
        using var channel = GrpcChannel.ForAddress(tap.Address, new GrpcChannelOptions { HttpHandler = handler });
        using var call = new Peer.PeerClient(channel).Count(new Note { Number = 1, Text = "wait" });
        Assert.True(await call.ResponseStream.MoveNext());

        tap.Freeze();
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.True(failure.StatusCode == StatusCode.Unavailable, failure.ToString());
    }

    [Fact]
    public async Task Server_ClientFallsSilent_HandlersAreCancelled()
    {
        await using var host = await GrpcHost.StartAsync(listen: kestrel =>
        {
            kestrel.Limits.Http2.KeepAlivePingDelay = Shortest;
            kestrel.Limits.Http2.KeepAlivePingTimeout = Shortest;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
        });
        await using var tap = WireTap.Start(new Uri(host.Address).Port);
        using var channel = GrpcChannel.ForAddress(tap.Address);
        using var call = new Peer.PeerClient(channel).Count(new Note { Number = 1, Text = "wait" });
        Assert.True(await call.ResponseStream.MoveNext());

        tap.Freeze();

        await host.Cancelled.First.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
    }

    [Fact]
    public async Task Pings_WhileACallRuns_GoBothWaysAndAreAnswered()
    {
        await using var host = await GrpcHost.StartAsync();
        await using var tap = WireTap.Start(new Uri(host.Address).Port);
        using var handler = new SocketsHttpHandler { KeepAlivePingDelay = Shortest, KeepAlivePingTimeout = TimeSpan.FromSeconds(30) };
        using var channel = GrpcChannel.ForAddress(tap.Address, new GrpcChannelOptions { HttpHandler = handler });
        using var call = new Peer.PeerClient(channel).Count(new Note { Number = 1, Text = "wait" });
        Assert.True(await call.ResponseStream.MoveNext());

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (!tap.Frames.Any(frame => frame is { Type: WireFrame.Ping, IsFromClient: false, Flags: 1 }))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }

        Assert.Contains(tap.Frames, frame => frame is { Type: WireFrame.Ping, IsFromClient: true, Flags: 0 });
    }
}
