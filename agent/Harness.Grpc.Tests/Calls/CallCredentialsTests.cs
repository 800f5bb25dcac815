using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;

namespace Grpc.Tests.Calls;

/// <summary>What calls show of their caller by metadata.</summary>
public sealed class CallCredentialsTests
{
    private static readonly CallCredentials Token = CallCredentials.FromInterceptor((_, metadata) =>
    {
        metadata.Add("authorization", "Bearer one");
        return Task.CompletedTask;
    });

    [Fact]
    public async Task OfChannelAndCall_OverHttpsOrWhenAllowed_AreSentInThatOrder()
    {
        var asked = new List<AuthInterceptorContext>();
        var other = CallCredentials.FromInterceptor(async (context, metadata) =>
        {
            await Task.Yield();
            asked.Add(context);
            metadata.Add($"x-other-{asked.Count}", "two");
        });
        var (seen, address) = await RunAsync(
            new GrpcChannelOptions
            {
                Credentials = ChannelCredentials.Create(ChannelCredentials.Insecure, Token),
                UnsafeUseInsecureChannelCallCredentials = true,
            },
            new CallOptions(new Metadata { { "x-own", "zero" } }, credentials: CallCredentials.Compose(other, other)));

        Assert.Equal(
            ["zero", "Bearer one", "two", "two"],
            new[] { "x-own", "authorization", "x-other-1", "x-other-2" }.Select(seen.GetValue));
        Assert.Equal(new Uri(new Uri(address), "/harness.peer.Peer").ToString(), asked[0].ServiceUrl);
        Assert.Equal("Echo", asked[0].MethodName);
    }

    [Fact]
    public async Task OverHttp_UnlessAllowed_AreLeftOut()
    {
        var (seen, _) = await RunAsync(
            new GrpcChannelOptions { Credentials = ChannelCredentials.Create(ChannelCredentials.Insecure, Token) },
            new CallOptions(credentials: Token));

        Assert.Null(seen.Get("authorization"));
    }

    [Fact]
    public async Task InterceptorThatFails_FailsTheCall()
    {
        await using var host = await GrpcHost.StartAsync();
        using var channel = GrpcChannel.ForAddress(host.Address, new GrpcChannelOptions { UnsafeUseInsecureChannelCallCredentials = true });
        var credentials = CallCredentials.FromInterceptor(
            (_, _) => throw new RpcException(new Status(StatusCode.Unauthenticated, "no token to be had")));

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => new Peer.PeerClient(channel).EchoAsync(new Note(), new CallOptions(credentials: credentials)).ResponseAsync);

        Assert.Equal((StatusCode.Unauthenticated, "no token to be had"), (failure.StatusCode, failure.Status.Detail));
    }

    [Fact]
    public async Task InterceptorThatNeverEnds_DoesNotOutliveTheCall()
    {
        await using var host = await GrpcHost.StartAsync();
        using var channel = GrpcChannel.ForAddress(host.Address, new GrpcChannelOptions { UnsafeUseInsecureChannelCallCredentials = true });
        var never = new TaskCompletionSource();
        using var cancellation = new CancellationTokenSource();
        var options = new CallOptions(cancellationToken: cancellation.Token, credentials: CallCredentials.FromInterceptor((_, _) => never.Task));
        using var call = new Peer.PeerClient(channel).EchoAsync(new Note(), options);

        await cancellation.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
    }

    [Fact]
    public void Composition_OfFewerThanTwo_OrOfComposedChannelCredentials_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => CallCredentials.Compose(Token));
        Assert.Throws<ArgumentException>(
            () => ChannelCredentials.Create(ChannelCredentials.Create(ChannelCredentials.SecureSsl, Token), Token));
    }

    private static async Task<(Metadata Seen, string Address)> RunAsync(GrpcChannelOptions channelOptions, CallOptions options)
    {
        Metadata? seen = null;
        await using var host = await GrpcHost.StartAsync(new ScriptedPeer
        {
            OnEcho = (note, context) =>
            {
                seen = context.RequestHeaders;
                return Task.FromResult(note);
            },
        });
        using var channel = GrpcChannel.ForAddress(host.Address, channelOptions);
        await new Peer.PeerClient(channel).EchoAsync(new Note(), options);
        return (seen!, host.Address);
    }
}
