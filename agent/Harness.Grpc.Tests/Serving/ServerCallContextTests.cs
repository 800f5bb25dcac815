using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;

namespace Grpc.Tests.Serving;

public sealed class ServerCallContextTests
{
    [Fact]
    public async Task Context_OfACall_TellsWhoCallsWhat()
    {
        var seen = new Dictionary<string, object?>();
        await using var host = await GrpcHost.StartAsync(new ScriptedPeer
        {
            OnEcho = (note, context) =>
            {
                seen["method"] = context.Method;
                seen["host"] = context.Host;
                seen["path"] = context.GetHttpContext().Request.Path.Value;
                seen["peer"] = context.Peer;
                seen["authenticated"] = context.AuthContext.IsPeerAuthenticated;
                seen["agent"] = context.RequestHeaders.GetValue("user-agent");
                context.UserState["key"] = "value";
                seen["state"] = context.UserState["key"];
                return Task.FromResult(note);
            },
        });
        using var channel = GrpcChannel.ForAddress(host.Address);

        await new Peer.PeerClient(channel).WithHost("elsewhere.example").EchoAsync(new Note());

        Assert.Equal("/harness.peer.Peer/Echo", seen["method"]);
        Assert.Equal("elsewhere.example", seen["host"]);
        Assert.Equal("/harness.peer.Peer/Echo", seen["path"]);
        Assert.Matches(@"^ipv4:127\.0\.0\.1:\d+$", (string)seen["peer"]!);
        Assert.Equal(false, seen["authenticated"]);
        Assert.StartsWith("harness-grpc/", (string)seen["agent"]!, StringComparison.Ordinal);
        Assert.Equal("value", seen["state"]);
    }

    [Fact]
    public async Task Status_SetByTheHandler_FollowsItsMessage()
    {
        await using var host = await GrpcHost.StartAsync(new ScriptedPeer
        {
            OnCount = async (note, responses, context) =>
            {
                await responses.WriteAsync(note);
                context.Status = new Status(StatusCode.OutOfRange, "no more");
            },
        });
        using var channel = GrpcChannel.ForAddress(host.Address);
        using var call = new Peer.PeerClient(channel).Count(new Note());

        Assert.True(await call.ResponseStream.MoveNext());
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.OutOfRange, failure.StatusCode);
        Assert.Equal("no more", failure.Status.Detail);
    }

    [Fact]
    public async Task Response_Null_IsCancelled()
    {
        await using var host = await GrpcHost.StartAsync(new ScriptedPeer { OnEcho = (_, _) => Task.FromResult<Note>(null!) });
        using var channel = GrpcChannel.ForAddress(host.Address);

        var failure = await Assert.ThrowsAsync<RpcException>(() => new Peer.PeerClient(channel).EchoAsync(new Note()).ResponseAsync);

        Assert.Equal("No message returned from method.", failure.Status.Detail);
    }

    [Fact]
    public async Task WriteResponseHeaders_Twice_IsRefused()
    {
        Exception? second = null;
        await using var host = await GrpcHost.StartAsync(new ScriptedPeer
        {
            OnEcho = async (note, context) =>
            {
                await context.WriteResponseHeadersAsync([]);
                second = await Record.ExceptionAsync(() => context.WriteResponseHeadersAsync([]));
                return note;
            },
        });
        using var channel = GrpcChannel.ForAddress(host.Address);

        await new Peer.PeerClient(channel).EchoAsync(new Note());

        Assert.IsType<InvalidOperationException>(second);
    }

    [Fact]
    public async Task Metadata_OutsideAscii_IsInternalOnEitherSide()
    {
        await using var host = await GrpcHost.StartAsync(new ScriptedPeer
        {
            OnEcho = (note, context) =>
            {
                context.ResponseTrailers.Add("x-text", "käputt");
                return Task.FromResult(note);
            },
        });
        using var channel = GrpcChannel.ForAddress(host.Address);
        var client = new Peer.PeerClient(channel);

        var received = await Assert.ThrowsAsync<RpcException>(() => client.EchoAsync(new Note()).ResponseAsync);
        var sent = await Assert.ThrowsAsync<RpcException>(
            () => client.EchoAsync(new Note(), new Metadata { { "x-text", "a\nb" } }).ResponseAsync);

        Assert.Equal((StatusCode.Internal, StatusCode.Internal), (received.StatusCode, sent.StatusCode));
        Assert.Contains("trailers", received.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("x-text", sent.Status.Detail, StringComparison.Ordinal);
    }
}
