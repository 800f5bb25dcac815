using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Tests.Calls;

/// <summary>Interceptors on both sides, for each kind of call.</summary>
public sealed class InterceptorTests
{
    [Fact]
    public async Task Client_TwoInterceptors_TheFirstIsOutermost()
    {
        await using var host = await GrpcHost.StartAsync();
        using var channel = GrpcChannel.ForAddress(host.Address);
        var seen = new List<string>();
        var client = new Peer.PeerClient(channel.Intercept(new Recorder("outer", seen), new Recorder("inner", seen)));

        await client.EchoAsync(new Note());
        client.Echo(new Note());

        Assert.Equal(["outer Echo", "inner Echo", "outer Echo", "inner Echo"], seen);
    }

    [Fact]
    public async Task Client_EachKindOfCall_GoesThroughTheInterceptor()
    {
        await using var host = await GrpcHost.StartAsync();
        using var channel = GrpcChannel.ForAddress(host.Address);
        var seen = new List<string>();
        var client = new Peer.PeerClient(channel.CreateCallInvoker().Intercept(new Recorder("client", seen)));

        await client.EchoAsync(new Note());
        using var count = client.Count(new Note { Number = 1 });
        Assert.True(await count.ResponseStream.MoveNext());
        using var sum = client.Sum();
        await sum.RequestStream.CompleteAsync();
        await sum;
        using var chat = client.Chat();
        await chat.RequestStream.CompleteAsync();
        Assert.False(await chat.ResponseStream.MoveNext());

        Assert.Equal(["client Echo", "client Count", "client Sum", "client Chat"], seen);
    }

    [Fact]
    public async Task Client_MetadataFunction_ChangesWhatIsSent()
    {
        await using var host = await GrpcHost.StartAsync();
        using var channel = GrpcChannel.ForAddress(host.Address);
        var invoker = channel.Intercept(metadata =>
        {
            metadata.Add("x-echo", "added");
            metadata.Add("x-echo-bin", [1]);
            return metadata;
        });

        using var call = new Peer.PeerClient(invoker).EchoAsync(new Note());
        await call;

        Assert.Equal("added", (await call.ResponseHeadersAsync).GetValue("x-echo"));
    }

    [Fact]
    public async Task Server_InterceptorsOfAllAndOfOneService_StandInThatOrderAndEndWithTheCall()
    {
        var log = new ServerLog();
        await using var host = await StartAsync(log, services =>
            services.AddGrpc(options => options.Interceptors.Add<NamedInterceptor>("all"))
                .AddServiceOptions<PeerService>(options => options.Interceptors.Add<NamedInterceptor>("one")));
        using var channel = GrpcChannel.ForAddress(host.Address);

        await new Peer.PeerClient(channel).EchoAsync(new Note());

        Assert.Equal(["all begins Echo", "one begins Echo", "one ends Echo", "one disposed", "all ends Echo", "all disposed"], log.Lines);
    }

    [Theory]
    [InlineData("Echo")]
    [InlineData("Count")]
    [InlineData("Sum")]
    [InlineData("Chat")]
    public async Task Server_EachKindOfCall_CanBeRefused(string method)
    {
        await using var host = await StartAsync(new ServerLog(), services =>
            services.AddGrpc(options => options.Interceptors.Add<RefusingInterceptor>()));
        using var channel = GrpcChannel.ForAddress(host.Address);
        var client = new Peer.PeerClient(channel);

        var failure = await Assert.ThrowsAsync<RpcException>(() => method switch
        {
            "Echo" => client.EchoAsync(new Note()).ResponseAsync,
            "Count" => client.Count(new Note { Number = 1 }).ResponseStream.MoveNext(),
            "Sum" => client.Sum().ResponseAsync,
            _ => client.Chat().ResponseStream.MoveNext(),
        });

        Assert.Equal((StatusCode.PermissionDenied, method), (failure.StatusCode, failure.Status.Detail));
    }

    [Fact]
    public async Task Server_RegisteredInterceptor_IsTakenFromTheServices()
    {
        var registered = new RefusingInterceptor();
        await using var host = await StartAsync(new ServerLog(), services =>
        {
            services.AddSingleton(registered);
            services.AddGrpc(options => options.Interceptors.Add<RefusingInterceptor>());
        });
        using var channel = GrpcChannel.ForAddress(host.Address);

        await Assert.ThrowsAsync<RpcException>(() => new Peer.PeerClient(channel).EchoAsync(new Note()).ResponseAsync);

        Assert.Equal(1, registered.Calls);
    }

    [Fact]
    public void Collection_TypeThatIsNoInterceptor_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new InterceptorCollection().Add(typeof(string)));

    private static Task<GrpcHost> StartAsync(ServerLog log, Action<IServiceCollection> configure) => GrpcHost.StartAsync(services: services =>
    {
        services.AddSingleton(log);
        configure(services);
    });

    private sealed class ServerLog
    {
        public List<string> Lines { get; } = [];
    }

    private sealed class NamedInterceptor(string name, ServerLog log) : Interceptor, IDisposable
    {
        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            log.Lines.Add($"{name} begins {context.Method.Split('/')[^1]}");
            var response = await continuation(request, context);
            log.Lines.Add($"{name} ends {context.Method.Split('/')[^1]}");
            return response;
        }

        public void Dispose() => log.Lines.Add($"{name} disposed");
    }

    private sealed class RefusingInterceptor : Interceptor
    {
        public int Calls { get; private set; }

        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) => throw Refusal(context);

        public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            ServerCallContext context,
            ClientStreamingServerMethod<TRequest, TResponse> continuation) => throw Refusal(context);

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            ServerStreamingServerMethod<TRequest, TResponse> continuation) => throw Refusal(context);

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation) => throw Refusal(context);

        private RpcException Refusal(ServerCallContext context)
        {
            Calls++;
            return new RpcException(new Status(StatusCode.PermissionDenied, context.Method.Split('/')[^1]));
        }
    }

    private sealed class Recorder(string name, List<string> seen) : Interceptor
    {
        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            seen.Add($"{name} {context.Method.Name}");
            return continuation(request, context);
        }

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            seen.Add($"{name} {context.Method.Name}");
            return continuation(request, context);
        }

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            seen.Add($"{name} {context.Method.Name}");
            return continuation(request, context);
        }

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            seen.Add($"{name} {context.Method.Name}");
            return continuation(context);
        }

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            seen.Add($"{name} {context.Method.Name}");
            return continuation(context);
        }
    }
}
