using System.Net;
using System.Net.Sockets;
using System.Text;
using Harness.Simulator.Fronting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Tests.Fronting;

public sealed class FrontListenerTests : IAsyncLifetime
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(60);
    private static readonly IPAddress FirstHost = IPAddress.Parse("127.241.0.10");
    private static readonly IPAddress SecondHost = IPAddress.Parse("127.241.3.200");

    private readonly FrontListener _front = FrontListener.Start(0, NullLogger<FrontListener>.Instance);
    private readonly CancellationTokenSource _net = new(SafetyNet);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _front.DisposeAsync();
        _net.Dispose();
    }

    [Fact]
    public async Task Connection_ToARoutedHost_ReachesItsAgentAndBack()
    {
        using var firstAgent = Agent();
        using var secondAgent = Agent();
        _front.Route(FirstHost, firstAgent.LocalEndPoint!);
        _front.Route(SecondHost, secondAgent.LocalEndPoint!);

        using var client = await ConnectAsync(SecondHost);
        using var served = await secondAgent.AcceptAsync(_net.Token);
        await client.SendAsync(Encoding.ASCII.GetBytes("ping"), _net.Token);

        Assert.Equal("ping", await ReceiveAsync(served));
        await served.SendAsync(Encoding.ASCII.GetBytes("pong"), _net.Token);
        Assert.Equal("pong", await ReceiveAsync(client));
    }

    [Fact]
    public async Task HalfClose_OfThePeer_ReachesTheAgentWhileTheAnswerStillFlows()
    {
        using var agent = Agent();
        _front.Route(FirstHost, agent.LocalEndPoint!);
        using var client = await ConnectAsync(FirstHost);
        using var served = await agent.AcceptAsync(_net.Token);

        client.Shutdown(SocketShutdown.Send);

        Assert.Equal("", await ReceiveAsync(served));
        await served.SendAsync(Encoding.ASCII.GetBytes("late answer"), _net.Token);
        Assert.Equal("late answer", await ReceiveAsync(client));
    }

    [Fact]
    public async Task Connection_ToAnAddressWithoutAHost_IsReset()
    {
        var refused = await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var client = await ConnectAsync(FirstHost);
            await ReceiveAsync(client);
        });

        Assert.Equal(SocketError.ConnectionReset, refused.SocketErrorCode);
    }

    [Fact]
    public async Task Unroute_OpenConnection_IsCut()
    {
        using var agent = Agent();
        _front.Route(FirstHost, agent.LocalEndPoint!);
        using var client = await ConnectAsync(FirstHost);
        using var served = await agent.AcceptAsync(_net.Token);

        _front.Unroute(FirstHost);

        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(client));
    }

    [Fact]
    public async Task Dispose_OpenConnections_AreCutAndForgotten()
    {
        using var agent = Agent();
        _front.Route(FirstHost, agent.LocalEndPoint!);
        using var client = await ConnectAsync(FirstHost);
        using var served = await agent.AcceptAsync(_net.Token);

        await _front.DisposeAsync();

        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(client));
        Assert.Equal(0, _front.ConnectionCount);
    }

    private static Socket Agent()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return socket;
    }

    private async Task<Socket> ConnectAsync(IPAddress host)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(new IPEndPoint(host, _front.Port), _net.Token);
        return client;
    }

    private async Task<string> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[100];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, _net.Token));
    }
}
