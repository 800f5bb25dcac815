namespace Grpc.Net.Client.Calls;

/// <summary>Sends requests through whatever HTTP caller the channel was given, and returns once headers came. Thread-safe.</summary>
internal sealed class HttpSender : IDisposable
{
    private readonly HttpClient? _client;
    private readonly HttpMessageInvoker? _invoker;
    private readonly bool _isOwner;

    private HttpSender(HttpClient? client, HttpMessageInvoker? invoker, bool isOwner)
    {
        _client = client;
        _invoker = invoker;
        _isOwner = isOwner;
    }

    public static HttpSender Create(GrpcChannelOptions options)
    {
        if (options.HttpClient is { } client)
        {
            return new HttpSender(client, null, options.DisposeHttpClient);
        }

        if (options.HttpHandler is { } handler)
        {
            return new HttpSender(null, new HttpMessageInvoker(handler, disposeHandler: options.DisposeHttpClient), isOwner: true);
        }

        var ownHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true, UseProxy = false, AllowAutoRedirect = false };
        return new HttpSender(null, new HttpMessageInvoker(ownHandler, disposeHandler: true), isOwner: true);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _client?.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
        ?? _invoker!.SendAsync(request, cancellationToken);

    public void Dispose()
    {
        if (_isOwner)
        {
            _client?.Dispose();
            _invoker?.Dispose();
        }
    }
}
