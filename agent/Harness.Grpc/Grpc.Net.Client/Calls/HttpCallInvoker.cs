using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>Starts the calls of a channel. Thread-safe.</summary>
internal sealed class HttpCallInvoker(HttpSender sender, CallSettings settings, ActiveCalls calls) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        using var call = AsyncUnaryCall(method, host, options, request);
        return call.ResponseAsync.GetAwaiter().GetResult();
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = Create(method, options);
        call.Start(host, new SingleMessageContent(call.SerializeInto(request)));
        return new AsyncUnaryCall<TResponse>(
            call.ReadSingleAsync(), HeadersOf<TRequest, TResponse>, StatusOf<TRequest, TResponse>,
            TrailersOf<TRequest, TResponse>, DisposeOf<TRequest, TResponse>, call);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = Create(method, options);
        call.Start(host, new SingleMessageContent(call.SerializeInto(request)));
        return new AsyncServerStreamingCall<TResponse>(
            new ResponseStreamReader<TRequest, TResponse>(call), HeadersOf<TRequest, TResponse>, StatusOf<TRequest, TResponse>,
            TrailersOf<TRequest, TResponse>, DisposeOf<TRequest, TResponse>, call);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = Create(method, options);
        var writer = StartStreaming(call, host, options);
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            writer, call.ReadSingleAsync(), HeadersOf<TRequest, TResponse>, StatusOf<TRequest, TResponse>,
            TrailersOf<TRequest, TResponse>, DisposeOf<TRequest, TResponse>, call);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = Create(method, options);
        var writer = StartStreaming(call, host, options);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            writer, new ResponseStreamReader<TRequest, TResponse>(call), HeadersOf<TRequest, TResponse>,
            StatusOf<TRequest, TResponse>, TrailersOf<TRequest, TResponse>, DisposeOf<TRequest, TResponse>, call);
    }

    private HttpCall<TRequest, TResponse> Create<TRequest, TResponse>(Method<TRequest, TResponse> method, CallOptions options)
        where TRequest : class
        where TResponse : class
    {
        var call = new HttpCall<TRequest, TResponse>(method, options, sender, settings, calls);
        calls.Add(call);
        return call;
    }

    private static RequestStreamWriter<TRequest, TResponse> StartStreaming<TRequest, TResponse>(
        HttpCall<TRequest, TResponse> call, string? host, CallOptions options)
        where TRequest : class
        where TResponse : class
    {
        var content = new MessageStreamContent();
        call.Start(host, content);
        return new RequestStreamWriter<TRequest, TResponse>(call, content) { WriteOptions = options.WriteOptions };
    }

    private static Task<Metadata> HeadersOf<TRequest, TResponse>(object call)
        where TRequest : class
        where TResponse : class => ((HttpCall<TRequest, TResponse>)call).ResponseHeadersAsync;

    private static Status StatusOf<TRequest, TResponse>(object call)
        where TRequest : class
        where TResponse : class => ((HttpCall<TRequest, TResponse>)call).GetOutcome().Status;

    private static Metadata TrailersOf<TRequest, TResponse>(object call)
        where TRequest : class
        where TResponse : class => ((HttpCall<TRequest, TResponse>)call).GetOutcome().Trailers;

    private static void DisposeOf<TRequest, TResponse>(object call)
        where TRequest : class
        where TResponse : class => ((HttpCall<TRequest, TResponse>)call).Dispose();
}
