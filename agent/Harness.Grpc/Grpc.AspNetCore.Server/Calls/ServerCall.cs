using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>
/// One call on its HTTP request and response: its requests, its responses, its deadline, and how it ends. The handler's
/// reader and writer run on it side by side; <see cref="MethodEndpoint"/> alone ends it.
/// </summary>
internal sealed class ServerCall : ServerCallContext, IDisposable
{
    private const int Http2NoError = 0x0;
    private const int Http2Cancel = 0x8;

    private readonly IMethod _method;
    private readonly string _encoding;
    private readonly DeadlineTimer? _deadline;
    private readonly CancellationTokenSource? _cancellation;
    private readonly TaskCompletionSource _deadlineExceeded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _token;
    private Metadata? _requestHeaders;
    private AuthContext? _authContext;

    public ServerCall(HttpContext http, IMethod method, GrpcServiceOptions options, TimeProvider timeProvider)
    {
        HttpContext = http;
        _method = method;
        _encoding = GrpcRequest.Encoding(http.Request);
        _token = http.RequestAborted;
        Requests = new FrameReader(http.Request.BodyReader, options.MaxReceiveMessageSize, _encoding);
        Responses = new ResponseWriter(
            http.Response, options.MaxSendMessageSize, IsCompressed(http.Request, options.ResponseCompressionAlgorithm));
        if (GrpcRequest.Deadline(http.Request, timeProvider) is { } deadline)
        {
            _cancellation = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
            _token = _cancellation.Token;
            _deadline = new DeadlineTimer(timeProvider, deadline, OnDeadline);
        }
    }

    public HttpContext HttpContext { get; }

    public FrameReader Requests { get; }

    public ResponseWriter Responses { get; }

    /// <summary>How the handler wants its next message written.</summary>
    public WriteFlags WriteFlags => WriteOptions?.Flags ?? default;

    /// <summary>Ends when the deadline passes; never without one.</summary>
    public Task DeadlineExceeded => _deadlineExceeded.Task;

    protected override string MethodCore => _method.FullName;

    protected override string HostCore => HttpContext.Request.Host.Value ?? "";

    protected override string PeerCore => PeerName.Of(HttpContext.Connection);

    protected override DateTime DeadlineCore => _deadline?.Deadline ?? DateTime.MaxValue;

    protected override Metadata RequestHeadersCore => _requestHeaders ??= GrpcRequest.Headers(HttpContext.Request);

    protected override CancellationToken CancellationTokenCore => _token;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; } = Status.DefaultSuccess;

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => _authContext ??= PeerName.Authenticate(HttpContext.Connection.ClientCertificate);

    public void Start()
    {
        HttpContext.Response.ContentType = WellKnown.ContentType;
        _deadline?.Start();
    }

    public void ThrowIfUnknownEncoding()
    {
        if (_encoding is not (WellKnown.IdentityEncoding or WellKnown.GzipEncoding))
        {
            HttpContext.Response.Headers[WellKnown.AcceptEncodingHeader] = WellKnown.AcceptedEncodings;
            throw new RpcException(new Status(StatusCode.Unimplemented, $"Unsupported grpc-encoding value '{_encoding}'."));
        }
    }

    public void AddTrailers(Metadata trailers)
    {
        foreach (var entry in trailers)
        {
            ResponseTrailers.Add(entry);
        }
    }

    /// <summary>Answers with the handler's status, after its last message.</summary>
    public async Task FinishAsync(Status status)
    {
        _deadline?.Dispose();
        await Responses.CloseAsync();
        if (!HttpContext.RequestAborted.IsCancellationRequested)
        {
            await Responses.SendStatusAsync(status, ResponseTrailers);
        }
    }

    /// <summary>Answers for a handler that still runs; a message that it is just sending cannot be finished.</summary>
    public async Task FinishAtDeadlineAsync()
    {
        var closing = Responses.CloseAsync();
        if (closing.IsCompletedSuccessfully)
        {
            await Responses.SendStatusAsync(new Status(StatusCode.DeadlineExceeded, "Deadline exceeded."), []);
            Reset(Http2NoError);
        }
        else
        {
            Reset(Http2Cancel);
        }

        await _cancellation!.CancelAsync();
        await closing;
    }

    public void Dispose()
    {
        _deadline?.Dispose();
        _cancellation?.Dispose();
    }

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        return Responses.SendHeadersAsync(responseHeaders, CancellationToken);
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("Pass the call's Deadline and CancellationToken to the next call's CallOptions instead.");

    // A client that compresses can decompress, even if it is too old to say what it accepts.
    private bool IsCompressed(HttpRequest request, string? algorithm) =>
        algorithm == WellKnown.GzipEncoding && (_encoding == algorithm || GrpcRequest.Accepts(request, algorithm));

    private void OnDeadline() => _deadlineExceeded.TrySetResult();

    private void Reset(int errorCode) => HttpContext.Features.Get<IHttpResetFeature>()?.Reset(errorCode);
}
