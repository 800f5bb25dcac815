using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Harness.Kubernetes.Access;
using Harness.Kubernetes.Objects;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Protobuf;
using Harness.Kubernetes.Resources;
using Harness.Kubernetes.Transport;
using Harness.Kubernetes.Wire;

namespace Harness.Kubernetes;

/// <summary>
/// The Kubernetes API over HttpClient. Holds the connections of one program to one server; limits no rate of its own. Thread-safe;
/// disposed at the program's end, which ends all watches.
/// </summary>
public sealed class KubernetesClient : IKubernetes, IDisposable
{
    private readonly HttpClient _http;
    private readonly KubernetesClientOptions _options;
    private readonly TimeProvider _clock;

    private KubernetesClient(HttpClient http, KubernetesClientOptions options, TimeProvider clock)
    {
        _http = http;
        _options = options;
        _clock = clock;
    }

    /// <summary>Makes a client; no connection is opened before the first call.</summary>
    public static KubernetesClient For(ClusterAccess access, KubernetesClientOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(access);
        ArgumentNullException.ThrowIfNull(options);
        var http = new HttpClient(ClusterHandler.Make(access, clock))
        {
            // A server's own path (a proxy in front of several clusters) is kept.
            BaseAddress = new Uri(access.Server.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = options.MaxBodyBytes,
        };
        http.DefaultRequestHeaders.UserAgent.ParseAdd(options.UserAgent);
        return new KubernetesClient(http, options, clock);
    }

    public Task<T> GetAsync<T>(KubernetesResource<T> resource, string? ns, string name, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new() =>
        CallAsync(HttpMethod.Get, resource.Path(ns, name), null, answer => ReadObject(resource, answer), cancellationToken);

    public Task<ObjectList<T>> ListAsync<T>(KubernetesResource<T> resource, string? ns, ListQuery? query, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
    {
        var path = new RequestPath(resource.Path(ns)).Add(query).ToString();
        return CallAsync(HttpMethod.Get, path, null, answer => ListBody.Read<T>(answer.Bytes, answer.IsProtobuf), cancellationToken);
    }

    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        KubernetesResource<T> resource, string? ns, WatchQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
    {
        ArgumentNullException.ThrowIfNull(query);
        using var request = new HttpRequestMessage(HttpMethod.Get, Relative(new RequestPath(resource.Path(ns)).Add(query).ToString()));
        request.Headers.Accept.ParseAdd(MediaTypes.AcceptWatch(_options.PreferProtobuf));
        using var response = await SendAsync(request, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var limits = new WatchLimits(Describe(request), query.IdleTimeout, _options.MaxBodyBytes);
        var isProtobuf = MediaTypes.IsProtobuf(response.Content.Headers.ContentType?.MediaType);
        await using var events = new WatchStream<T>(body, isProtobuf, resource.Parser, limits, _clock);
        while (await events.ReadAsync(cancellationToken) is { } watchEvent)
        {
            yield return watchEvent;
        }
    }

    public Task<T> CreateAsync<T>(KubernetesResource<T> resource, T item, WriteOptions? options, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
    {
        var path = new RequestPath(resource.Path(resource.MetadataOf(item).Namespace)).Add(options).ToString();
        return CallAsync(HttpMethod.Post, path, ObjectContent(item), answer => ReadObject(resource, answer), cancellationToken);
    }

    public Task<T> UpdateAsync<T>(KubernetesResource<T> resource, T item, WriteOptions? options, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
    {
        var metadata = resource.MetadataOf(item);
        var path = new RequestPath(resource.Path(metadata.Namespace, metadata.Name, options?.Subresource)).Add(options).ToString();
        return CallAsync(HttpMethod.Put, path, ObjectContent(item), answer => ReadObject(resource, answer), cancellationToken);
    }

    public Task<T> PatchAsync<T>(
        KubernetesResource<T> resource, string? ns, string name, ObjectPatch patch, WriteOptions? options, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
    {
        ArgumentNullException.ThrowIfNull(patch);
        var path = new RequestPath(resource.Path(ns, name, options?.Subresource)).Add(options).ToString();
        return CallAsync(HttpMethod.Patch, path, Content(patch.Body, patch.MediaType), answer => ReadObject(resource, answer), cancellationToken);
    }

    public Task<T?> DeleteAsync<T>(KubernetesResource<T> resource, string? ns, string name, DeleteOptions? options, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
    {
        var content = options is null ? null : Content(KubernetesJson.ToUtf8(options), MediaTypes.Json);
        return CallAsync(HttpMethod.Delete, resource.Path(ns, name), content, answer => ReadUnlessStatus(resource.Parser, answer), cancellationToken);
    }

    public Task<TBody?> CreateSubresourceAsync<T, TBody>(
        KubernetesResource<T> resource, string? ns, string name, string subresource, TBody body, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
        where TBody : class, IMessage<TBody>, new()
    {
        var parser = new MessageParser<TBody>(static () => new TBody());
        return CallAsync(
            HttpMethod.Post,
            resource.Path(ns, name, subresource),
            ObjectContent(body),
            answer => ReadUnlessStatus(parser, answer),
            cancellationToken);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.RequestUri is { IsAbsoluteUri: false } relative)
        {
            request.RequestUri = Relative(relative.OriginalString);
        }

        using var deadline = new CancellationTokenSource(_options.RequestTimeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        return await GuardAsync(request, () => SendCheckedAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token), cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static T ReadObject<T>(KubernetesResource<T> resource, Answer answer)
        where T : class, IMessage<T>, new() =>
        ObjectBody.Open(answer.Bytes, answer.IsProtobuf).Read(resource.Parser);

    private static T? ReadUnlessStatus<T>(MessageParser<T> parser, Answer answer)
        where T : class, IMessage<T>, new()
    {
        var body = ObjectBody.Open(answer.Bytes, answer.IsProtobuf);
        return body.Kind == "Status" ? null : body.Read(parser);
    }

    private static ByteArrayContent Content(ReadOnlyMemory<byte> body, string mediaType)
    {
        var content = new ByteArrayContent(body.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return content;
    }

    private static Uri Relative(string path) => new(path.TrimStart('/'), UriKind.Relative);

    // HttpClient makes the address absolute once it has sent the request.
    private static string Describe(HttpRequestMessage request) => request.RequestUri is { IsAbsoluteUri: true } absolute
        ? $"{request.Method} {absolute.PathAndQuery}"
        : $"{request.Method} /{request.RequestUri?.OriginalString.TrimStart('/')}";

    private ByteArrayContent ObjectContent(IMessage message) => _options.SendProtobuf
        ? Content(KubernetesProtobuf.Encode(message), MediaTypes.Protobuf)
        : Content(KubernetesJson.ToUtf8(message), MediaTypes.Json);

    private async Task<TResult> CallAsync<TResult>(
        HttpMethod method, string path, HttpContent? content, Func<Answer, TResult> read, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, Relative(path)) { Content = content };
        request.Headers.Accept.ParseAdd(MediaTypes.Accept(_options.PreferProtobuf));
        using var deadline = new CancellationTokenSource(_options.RequestTimeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var answer = await GuardAsync(request, () => AnswerAsync(request, both.Token), cancellationToken);
        try
        {
            return read(answer);
        }
        catch (KubernetesFormatException exception)
        {
            throw new KubernetesApiException($"{Describe(request)}: the answer cannot be read: {exception.Message}", exception);
        }
    }

    private async Task<Answer> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await SendCheckedAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new Answer(new ReadOnlySequence<byte>(bytes), MediaTypes.IsProtobuf(response.Content.Headers.ContentType?.MediaType));
    }

    private async Task<HttpResponseMessage> SendCheckedAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        var response = await _http.SendAsync(request, completion, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            throw ApiErrors.FromResponse(
                Describe(request), response.StatusCode, response.Content.Headers.ContentType?.MediaType, body, response.Headers.RetryAfter?.Delta);
        }
    }

    // Tells the caller's cancellation, a timeout and a lost connection apart.
    private async Task<TResult> GuardAsync<TResult>(HttpRequestMessage request, Func<Task<TResult>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (OperationCanceledException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new KubernetesApiException($"{Describe(request)}: no answer from {_http.BaseAddress} within {_options.RequestTimeout}", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new KubernetesApiException($"{Describe(request)}: no answer from {_http.BaseAddress}: {Innermost(exception)}", exception);
        }
    }

    private static string Innermost(Exception exception)
    {
        var cause = exception.GetBaseException().Message;
        return exception.Message.Contains(cause, StringComparison.Ordinal) ? exception.Message : $"{exception.Message} ({cause})";
    }

    private readonly record struct Answer(ReadOnlySequence<byte> Bytes, bool IsProtobuf);
}
