using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client.Calls;

/// <summary>
/// One call: its HTTP request and response, deadline, cancellation, and the one outcome, which the first of them decides.
/// The reader and the writer of the call run on it side by side, each for one thread at a time; ending it is thread-safe.
/// </summary>
internal sealed partial class HttpCall<TRequest, TResponse> : IDisposable
    where TRequest : class
    where TResponse : class
{
    private readonly CallOptions _options;
    private readonly HttpSender _sender;
    private readonly CallSettings _settings;
    private readonly ActiveCalls _calls;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource<Metadata> _headers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<FrameReader> _frames = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<CallOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private CallTelemetry? _telemetry;
    private DeadlineTimer? _deadline;
    private CancellationTokenRegistration _callerCancellation;
    private MessageStreamContent? _requestStream;
    private HttpResponseMessage? _response;
    private bool _isReleased;

    public HttpCall(
        Method<TRequest, TResponse> method, CallOptions options, HttpSender sender, CallSettings settings, ActiveCalls calls)
    {
        Method = method;
        _options = options;
        _sender = sender;
        _settings = settings;
        _calls = calls;
        IsRequestCompressed = CallRequest.EncodingOf(options.Headers) == WellKnown.GzipEncoding;
    }

    public Method<TRequest, TResponse> Method { get; }

    public bool IsRequestCompressed { get; }

    public int? MaxSendMessageSize => _settings.MaxSendMessageSize;

    /// <summary>Cancelled when the call has ended, however.</summary>
    public CancellationToken CancellationToken => _cancellation.Token;

    public Task<Metadata> ResponseHeadersAsync => _headers.Task;

    public void Start(string? host, HttpContent content)
    {
        _requestStream = content as MessageStreamContent;
        _ = RunAsync(host, content);
    }

    public Action<PipeWriter> SerializeInto(TRequest message) => output =>
        new FrameWriter(output, MaxSendMessageSize).Write(
            Method.RequestMarshaller.ContextualSerializer,
            message,
            IsRequestCompressed && !(_options.WriteOptions?.Flags ?? default).HasFlag(WriteFlags.NoCompress));

    public CallOutcome GetOutcome() => _outcome.Task.IsCompletedSuccessfully
        ? _outcome.Task.Result
        : throw new InvalidOperationException("The call has not finished: its status and trailers are not known yet.");

    public void Dispose() => Finish(new Status(StatusCode.Cancelled, "gRPC call disposed."));

    public void CancelByCaller() => Finish(new Status(StatusCode.Cancelled, "Call canceled by the client."));

    /// <summary>The next response, or null when the call ended with OK. Throws the outcome otherwise.</summary>
    public async Task<TResponse?> ReadNextAsync()
    {
        try
        {
            if (await ReadMessageAsync() is { } message)
            {
                return message;
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        var outcome = await _outcome.Task;
        return outcome.IsOk ? null : throw outcome.ToException();
    }

    /// <summary>The only response of a call that has one.</summary>
    public async Task<TResponse> ReadSingleAsync()
    {
        var response = await ReadNextAsync();
        if (response is null)
        {
            throw new RpcException(new Status(StatusCode.Internal, "The call ended with OK and without a message."), GetOutcome().Trailers);
        }

        if (await ReadNextAsync() is not null)
        {
            Finish(new Status(StatusCode.Internal, "Additional data after the message received."));
            throw GetOutcome().ToException();
        }

        return response;
    }

    /// <summary>Waits for something that the end of the call makes pointless.</summary>
    public Task<T> WaitAsync<T>(Task<T> task) => task.WaitAsync(CancellationToken);

    /// <summary>What a failed write tells its caller: the outcome if there is one, else the failure itself.</summary>
    public RpcException ToWriteFailure(Exception exception, bool isStreamBroken)
    {
        if (isStreamBroken)
        {
            Fail(exception);
        }

        return _outcome.Task.IsCompletedSuccessfully
            ? _outcome.Task.Result.ToException()
            : new RpcException(FailureStatus.From(exception));
    }

    private async Task RunAsync(string? host, HttpContent content)
    {
        // Begun here and not by Start: the activity must not become the caller's.
        _telemetry = new CallTelemetry(Method, _settings);
        try
        {
            _callerCancellation = _options.CancellationToken.UnsafeRegister(
                static call => ((HttpCall<TRequest, TResponse>)call!).CancelByCaller(), this);
            var timeout = StartDeadline();
            CancellationToken.ThrowIfCancellationRequested();
            var headers = await AddCredentialsAsync();
            using var request = CallRequest.Create(_settings.Address, Method, host, headers, timeout, content);
            var response = await _sender.SendAsync(request, CancellationToken);
            await ReceiveHeadersAsync(response);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private async ValueTask<Metadata?> AddCredentialsAsync()
    {
        if (_options.Credentials is null && _settings.Credentials is null)
        {
            return _options.Headers;
        }

        if (!_settings.ShowsCredentials)
        {
            Log.CredentialsLeftOut(_settings.Logger, Method.FullName);
            return _options.Headers;
        }

        return await new CredentialsMetadata(_settings.Credentials, _options.Credentials)
            .AddToAsync(_options.Headers, _settings.Address, Method, CancellationToken);
    }

    private TimeSpan? StartDeadline()
    {
        if (_options.Deadline is not { } deadline || deadline == DateTime.MaxValue)
        {
            return null;
        }

        if (deadline.Kind != DateTimeKind.Utc && deadline != DateTime.MinValue)
        {
            throw new InvalidOperationException("Deadline must have a kind DateTimeKind.Utc or be equal to DateTime.MaxValue or DateTime.MinValue.");
        }

        var remaining = deadline - _settings.TimeProvider.GetUtcNow().UtcDateTime;
        if (remaining <= TimeSpan.Zero)
        {
            ExceedDeadline();
            return null;
        }

        _deadline = new DeadlineTimer(_settings.TimeProvider, deadline, ExceedDeadline);
        _deadline.Start();
        return remaining;
    }

    private void ExceedDeadline() => Finish(new Status(StatusCode.DeadlineExceeded, "Deadline exceeded."));

    private async Task ReceiveHeadersAsync(HttpResponseMessage response)
    {
        lock (_lock)
        {
            if (_isReleased)
            {
                response.Dispose();
                return;
            }

            _response = response;
        }

        if (CallResponse.EarlyOutcome(response) is { } outcome)
        {
            _headers.TrySetResult(new Metadata());
            Finish(outcome);
            return;
        }

        _headers.TrySetResult(CallResponse.ToMetadata(response.Headers));
        var body = await response.Content.ReadAsStreamAsync(CancellationToken);
        var input = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));
        _frames.TrySetResult(new FrameReader(input, _settings.MaxReceiveMessageSize, CallResponse.EncodingOf(response)));
    }

    private async Task<TResponse?> ReadMessageAsync()
    {
        if (_outcome.Task.IsCompletedSuccessfully)
        {
            return null;
        }

        var frames = await WaitAsync(_frames.Task);
        var message = await frames.ReadAsync(Method.ResponseMarshaller.ContextualDeserializer, CancellationToken);
        if (message is null)
        {
            await frames.CompleteAsync();
            Finish(CallResponse.FinalOutcome(_response!));
        }

        return message;
    }

    /// <summary>Servers reset streams at the deadline too, perhaps before the timer here is through.</summary>
    private void Fail(Exception exception)
    {
        if (_deadline?.Deadline <= _settings.TimeProvider.GetUtcNow().UtcDateTime)
        {
            ExceedDeadline();
        }
        else
        {
            Finish(FailureStatus.From(exception));
        }
    }

    private void Finish(Status status) => Finish(new CallOutcome(status, new Metadata()));

    private void Finish(CallOutcome outcome)
    {
        if (!_outcome.TrySetResult(outcome))
        {
            return;
        }

        _telemetry?.End(outcome.Status);
        if (!outcome.IsOk)
        {
            Log.CallFailed(_settings.Logger, Method.FullName, outcome.Status.StatusCode, outcome.Status.Detail);
        }

        if (_headers.TrySetException(outcome.ToException()))
        {
            // Most callers never look at the headers; reading the exception keeps it from being reported as unobserved.
            _ = _headers.Task.Exception;
        }

        Release();
    }

    /// <summary>Stops whatever still runs: an unfinished HTTP/2 stream is reset with CANCEL by the handler.</summary>
    private void Release()
    {
        lock (_lock)
        {
            _isReleased = true;
        }

        _calls.Remove(this);
        _deadline?.Dispose();
        _callerCancellation.Unregister();
        _cancellation.Cancel();
        _requestStream?.Abandon();
        _response?.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "gRPC call {Method} goes out without its credentials: the channel is not encrypted; use https, or UnsafeUseInsecureChannelCallCredentials")]
        public static partial void CredentialsLeftOut(ILogger logger, string method);

        [LoggerMessage(Level = LogLevel.Debug, Message = "gRPC call {Method} ended with {StatusCode}: {Detail}")]
        public static partial void CallFailed(ILogger logger, string method, StatusCode statusCode, string detail);
    }
}
