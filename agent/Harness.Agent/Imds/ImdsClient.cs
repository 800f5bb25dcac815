using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Imds;

/// <summary>
/// Reads the instance metadata service, version 2 alone: a token is fetched first, kept, and renewed before it ends or when it is refused. Retries a few times
/// within some 4 s, then says what is wrong. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html. Thread-safe.
/// </summary>
internal sealed partial class ImdsClient : IDisposable
{
    private const string TokenHeader = "X-aws-ec2-metadata-token";
    private const string TokenLifetimeHeader = "X-aws-ec2-metadata-token-ttl-seconds";
    private const int TokenLifetimeSeconds = 21600;
    private const int Attempts = 3;
    private const int LargestAnswerBytes = 1 << 20;
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly Uri _endpoint;
    private readonly HttpClient _http;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _renewing = new(1, 1);
    private ImdsToken? _token;

    /// <param name="endpoint">Such as http://169.254.169.254.</param>
    /// <param name="timeProvider">For the life of tokens, timeouts and pauses.</param>
    /// <param name="logger">Told of retries.</param>
    public ImdsClient(Uri endpoint, TimeProvider timeProvider, ILogger<ImdsClient> logger)
    {
        _endpoint = endpoint;
        _timeProvider = timeProvider;
        _logger = logger;
        // Never through a proxy: the answers are this instance's own.
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false };
        _http = new HttpClient(handler)
        {
            BaseAddress = new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LargestAnswerBytes,
        };
    }

    /// <summary>The bytes at a path such as latest/meta-data/instance-id; null when there is nothing.</summary>
    /// <exception cref="ImdsException">It did not answer, or refused.</exception>
    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryReadAsync(path, cancellationToken);
            }
            catch (ImdsException exception) when (exception.IsTransient && attempt < Attempts)
            {
                Log.Retrying(_logger, exception.Message);
                await Task.Delay(Pause * attempt, _timeProvider, cancellationToken);
            }
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _renewing.Dispose();
    }

    private async Task<byte[]?> TryReadAsync(string path, CancellationToken cancellationToken)
    {
        var token = await TokenAsync(cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add(TokenHeader, token.Value);
        using var response = await SendAsync(request, cancellationToken);
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                return await response.Content.ReadAsByteArrayAsync(cancellationToken);
            case HttpStatusCode.NotFound:
                return null;
            case HttpStatusCode.Unauthorized:
                // Ended early: the instance was stopped and started, or the service forgot it.
                Interlocked.CompareExchange(ref _token, null, token);
                throw Refusal(request, response, "the token was refused", isTransient: true);
            default:
                throw Refusal(request, response, "", isTransient: (int)response.StatusCode is >= 500 or 429);
        }
    }

    private async Task<ImdsToken> TokenAsync(CancellationToken cancellationToken)
    {
        if (Usable() is { } known)
        {
            return known;
        }

        await _renewing.WaitAsync(cancellationToken);
        try
        {
            return Usable() ?? (_token = await FetchTokenAsync(cancellationToken));
        }
        finally
        {
            _renewing.Release();
        }

        ImdsToken? Usable() => Volatile.Read(ref _token) is { } token && token.UsedUntil > _timeProvider.GetUtcNow() ? token : null;
    }

    private async Task<ImdsToken> FetchTokenAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "latest/api/token");
        request.Headers.Add(TokenLifetimeHeader, TokenLifetimeSeconds.ToString(CultureInfo.InvariantCulture));
        using var response = await SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw response.StatusCode == HttpStatusCode.Forbidden
                ? Refusal(request, response, "the metadata service is switched off for this instance; enable its HTTP endpoint", isTransient: false)
                : Refusal(request, response, "no token", isTransient: (int)response.StatusCode is >= 500 or 429);
        }

        var lifetime = TimeSpan.FromSeconds(
            response.Headers.TryGetValues(TokenLifetimeHeader, out var values)
            && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : TokenLifetimeSeconds);
        var value = (await response.Content.ReadAsStringAsync(cancellationToken)).Trim();
        // Renewed when a tenth of its life is left, so that none ends on its way.
        return new ImdsToken(value, _timeProvider.GetUtcNow() + (lifetime * 0.9));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(AttemptTimeout, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await _http.SendAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ImdsException(
                $"{Name(request)} got no answer within {AttemptTimeout.TotalSeconds:0} s; inside a container the instance's metadata hop limit must be 2 or more",
                isTransient: true);
        }
        catch (HttpRequestException exception)
        {
            throw new ImdsException($"{Name(request)} failed: {exception.GetBaseException().Message}", isTransient: true, exception);
        }
    }

    private ImdsException Refusal(HttpRequestMessage request, HttpResponseMessage response, string meaning, bool isTransient) =>
        new($"{Name(request)} answered {(int)response.StatusCode}{(meaning.Length > 0 ? ": " : "")}{meaning}", isTransient);

    private string Name(HttpRequestMessage request) => $"{request.Method} {request.RequestUri} of the metadata service at {_endpoint}";

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Asking the metadata service again: {Reason}")]
        public static partial void Retrying(ILogger logger, string reason);
    }
}
