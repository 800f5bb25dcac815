using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.Tests.Calls;

/// <summary>What the client makes of servers that are not there, are no gRPC servers, or break off.</summary>
public sealed class ClientFailureTests
{
    [Fact]
    public async Task Call_NobodyListens_IsUnavailable()
    {
        int port;
        using (var socket = new TcpListener(IPAddress.Loopback, 0))
        {
            socket.Start();
            port = ((IPEndPoint)socket.LocalEndpoint).Port;
        }

        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        using var call = new Peer.PeerClient(channel).EchoAsync(new Note());

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseHeadersAsync)).StatusCode);
        Assert.Equal(StatusCode.Unavailable, call.GetStatus().StatusCode);
    }

    [Theory]
    [InlineData(400, StatusCode.Internal)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(500, StatusCode.Unknown)]
    public async Task Call_HttpErrorWithoutStatus_IsMapped(int httpStatus, StatusCode expected) =>
        await AssertStatusAsync(expected, http =>
        {
            http.Response.StatusCode = httpStatus;
            return Task.CompletedTask;
        });

    [Fact]
    public async Task Call_HttpErrorWithStatus_IsTheStatus() => await AssertStatusAsync(StatusCode.DataLoss, http =>
    {
        http.Response.StatusCode = 503;
        http.Response.Headers["grpc-status"] = "15";
        return Task.CompletedTask;
    });

    [Fact]
    public async Task Call_AnotherContentType_IsUnknown() => await AssertStatusAsync(
        StatusCode.Unknown, http => http.Response.WriteAsync("<html>"));

    [Fact]
    public async Task Call_NoStatusAtTheEnd_IsInternal() => await AssertStatusAsync(StatusCode.Internal, async http =>
    {
        http.Response.ContentType = "application/grpc";
        await http.Response.StartAsync();
    });

    [Fact]
    public async Task Call_OkWithoutAMessage_IsInternal() => await AssertStatusAsync(StatusCode.Internal, async http =>
    {
        http.Response.ContentType = "application/grpc";
        await http.Response.StartAsync();
        http.Response.AppendTrailer("grpc-status", "0");
    });

    [Theory]
    [InlineData(2, StatusCode.Internal)]
    [InlineData(8, StatusCode.Cancelled)]
    [InlineData(11, StatusCode.ResourceExhausted)]
    [InlineData(12, StatusCode.PermissionDenied)]
    public async Task Call_StreamReset_IsMapped(int errorCode, StatusCode expected) => await AssertStatusAsync(expected, async http =>
    {
        http.Response.ContentType = "application/grpc";
        await http.Response.StartAsync();
        http.Features.Get<IHttpResetFeature>()!.Reset(errorCode);
    });

    [Fact]
    public async Task Stream_ServerStops_EndsWithAnError()
    {
        var host = await GrpcHost.StartAsync();
        using var channel = GrpcChannel.ForAddress(host.Address);
        using var call = new Peer.PeerClient(channel).Count(new Note { Number = 1, Text = "wait" });
        Assert.True(await call.ResponseStream.MoveNext());

        await host.DisposeAsync();
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
    }

    [Fact]
    public async Task Call_CancelledBefore_IsNotSent()
    {
        await using var host = await GrpcHost.StartAsync(new ScriptedPeer());
        using var channel = GrpcChannel.ForAddress(host.Address);

        var failure = await Assert.ThrowsAsync<RpcException>(() => new Peer.PeerClient(channel)
            .EchoAsync(new Note(), cancellationToken: new CancellationToken(canceled: true)).ResponseAsync);

        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
    }

    [Fact]
    public async Task Call_DeadlineBefore_IsNotSent()
    {
        await using var host = await GrpcHost.StartAsync(new ScriptedPeer());
        using var channel = GrpcChannel.ForAddress(host.Address);

        var failure = await Assert.ThrowsAsync<RpcException>(() => new Peer.PeerClient(channel)
            .EchoAsync(new Note(), deadline: DateTime.UnixEpoch).ResponseAsync);

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
    }

    [Fact]
    public async Task Read_Cancelled_CancelsTheCall()
    {
        await using var host = await GrpcHost.StartAsync();
        using var channel = GrpcChannel.ForAddress(host.Address);
        using var call = new Peer.PeerClient(channel).Count(new Note { Text = "wait", Number = 1 });
        Assert.True(await call.ResponseStream.MoveNext());
        using var cancellation = new CancellationTokenSource();

        var read = call.ResponseStream.MoveNext(cancellation.Token);
        await cancellation.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => read)).StatusCode);
        await host.Cancelled.First;
    }

    [Fact]
    public async Task Channel_Disposed_CancelsItsCallsAndRefusesNewOnes()
    {
        await using var host = await GrpcHost.StartAsync();
        var channel = GrpcChannel.ForAddress(host.Address);
        var client = new Peer.PeerClient(channel);
        using var call = client.Chat();
        await call.RequestStream.WriteAsync(new Note());
        Assert.True(await call.ResponseStream.MoveNext());

        channel.Dispose();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext())).StatusCode);
        Assert.Throws<ObjectDisposedException>(() => client.EchoAsync(new Note()));
        Assert.Throws<ObjectDisposedException>(channel.CreateCallInvoker);
    }

    [Fact]
    public async Task Status_OfARunningCall_IsNotKnown()
    {
        await using var host = await GrpcHost.StartAsync();
        using var channel = GrpcChannel.ForAddress(host.Address);
        using var call = new Peer.PeerClient(channel).Chat();

        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
        Assert.Throws<InvalidOperationException>(() => call.GetTrailers());
    }

    [Theory]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("dns:///somewhere")]
    public void Channel_OtherScheme_IsRefused(string address) => Assert.Throws<ArgumentException>(() => GrpcChannel.ForAddress(address));

    [Fact]
    public void Channel_CredentialsThatDoNotFit_AreRefused() => Assert.Throws<InvalidOperationException>(
        () => GrpcChannel.ForAddress("http://127.0.0.1", new GrpcChannelOptions { Credentials = ChannelCredentials.SecureSsl }));

    private static async Task AssertStatusAsync(StatusCode expected, RequestDelegate answer)
    {
        await using var host = await GrpcHost.StartAsync(application => application.Run(answer));
        using var channel = GrpcChannel.ForAddress(host.Address);

        var failure = await Assert.ThrowsAsync<RpcException>(() => new Peer.PeerClient(channel).EchoAsync(new Note()).ResponseAsync);

        Assert.Equal(expected, failure.StatusCode);
    }
}
