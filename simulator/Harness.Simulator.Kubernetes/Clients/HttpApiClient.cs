using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Harness.Kubernetes.Objects;
using Harness.Kubernetes.Objects.Authentication.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.Clients;

/// <summary>
/// The client of any API server over HTTP, real or embedded. It speaks JSON and nothing else, so that whoever looks through it does not
/// see with the eyes of a client that speaks protobuf. No answer at all is an <see cref="HttpRequestException"/>. Safe for any thread;
/// disposed by who made it, which ends its watches.
/// </summary>
public sealed class HttpApiClient : IApiClient, IDisposable
{
    private const string Json = "application/json";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    /// <summary>Makes a client; no connection is opened before the first call.</summary>
    public HttpApiClient(ApiAccess access, TimeProvider time)
    {
        _time = time;
        _http = new HttpClient(access.Handler())
        {
            BaseAddress = new Uri(access.Server.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("harness-simulator/0.1");
        if (access.Token is { } token)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>The text that a path answers, such as <c>/readyz</c> or <c>/version</c>.</summary>
    public async Task<string> TextAsync(string path, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, path.TrimStart('/'), null, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>A token for a service account, which the server may make shorter-lived than asked.</summary>
    public async Task<TokenRequestStatus> TokenAsync(string inNamespace, string serviceAccount, TimeSpan life, CancellationToken cancellationToken)
    {
        var request = new TokenRequest { Spec = new TokenRequestSpec { ExpirationSeconds = (long)life.TotalSeconds } };
        string path = Path<ServiceAccount>(inNamespace, serviceAccount, "token");
        return (await WriteAsync<TokenRequest>(HttpMethod.Post, path, Content(request), cancellationToken)).Status;
    }

    /// <inheritdoc/>
    public async Task<T?> FindAsync<T>(string inNamespace, string name, CancellationToken cancellationToken) where T : class, IMessage<T>, new()
    {
        try
        {
            return await GetAsync<T>(inNamespace, name, cancellationToken);
        }
        catch (ApiStatusException refusal) when (refusal.IsNotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public Task<T> GetAsync<T>(string inNamespace, string name, CancellationToken cancellationToken) where T : class, IMessage<T>, new() =>
        WriteAsync<T>(HttpMethod.Get, Path<T>(inNamespace, name), null, cancellationToken);

    /// <inheritdoc/>
    public async Task<ApiList<T>> ListAsync<T>(ApiSelection selection, CancellationToken cancellationToken) where T : class, IMessage<T>, new()
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, Path<T>(selection), null, cancellationToken);
        var list = JsonNode.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken))!;
        IEnumerable<T> items = (list["items"] as JsonArray ?? []).Select(item => KubernetesJson.Read<T>(item!));
        return new ApiList<T>([.. items], long.Parse((string)list["metadata"]!["resourceVersion"]!, CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ApiWatchEvent<T>> WatchAsync<T>(
        ApiSelection selection, long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken) where T : class, IMessage<T>, new()
    {
        // A server ends each watch after a while: go on where it stopped.
        for (long revision = afterRevision; ;)
        {
            string path = string.Create(CultureInfo.InvariantCulture, $"{Path<T>(selection)}{(selection is { LabelSelector: null, FieldSelector: null } ? '?' : '&')}watch=true&resourceVersion={revision}");
            using HttpResponseMessage response = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
            while (await lines.ReadLineAsync(cancellationToken) is { } line)
            {
                ApiWatchEvent<T> told = Event<T>(JsonNode.Parse(line)!);
                revision = told.Revision;
                yield return told;
            }
        }
    }

    /// <inheritdoc/>
    public Task<T> CreateAsync<T>(T value, CancellationToken cancellationToken) where T : class, IMessage<T>, new() =>
        WriteAsync<T>(HttpMethod.Post, Path<T>(Metadata(value).Namespace, ""), Content(value), cancellationToken);

    /// <inheritdoc/>
    public Task<T> UpdateAsync<T>(T value, CancellationToken cancellationToken) where T : class, IMessage<T>, new() =>
        WriteAsync<T>(HttpMethod.Put, Path<T>(Metadata(value).Namespace, Metadata(value).Name), Content(value), cancellationToken);

    /// <inheritdoc/>
    public Task<T> UpdateStatusAsync<T>(T value, CancellationToken cancellationToken) where T : class, IMessage<T>, new() =>
        WriteAsync<T>(HttpMethod.Put, Path<T>(Metadata(value).Namespace, Metadata(value).Name, "status"), Content(value), cancellationToken);

    /// <inheritdoc/>
    public Task<T> PatchAsync<T>(
        string inNamespace, string name, ApiPatchType type, ReadOnlyMemory<byte> patch, string? subresource, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new() =>
        WriteAsync<T>(HttpMethod.Patch, Path<T>(inNamespace, name, subresource), Content(patch.ToArray(), MediaType(type)), cancellationToken);

    /// <inheritdoc/>
    public async Task DeleteAsync<T>(string inNamespace, string name, ApiDelete how, CancellationToken cancellationToken) where T : class, IMessage<T>, new()
    {
        JsonObject document = KubernetesJson.ToDocument(Options(how));
        document["kind"] = "DeleteOptions";
        document["apiVersion"] = "v1";
        (await SendAsync(HttpMethod.Delete, Path<T>(inNamespace, name), Content(document), cancellationToken)).Dispose();
    }

    /// <inheritdoc/>
    public async Task BindAsync(Binding binding, CancellationToken cancellationToken)
    {
        string path = Path<Pod>(binding.Metadata.Namespace, binding.Metadata.Name, "binding");
        (await SendAsync(HttpMethod.Post, path, Content(KubernetesJson.ToUtf8(binding), Json), cancellationToken)).Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static ApiResource Resource<T>() where T : class, IMessage<T>, new() => ResourceRegistry.BuiltIn.For<T>();

    private static string Path<T>(ApiSelection selection) where T : class, IMessage<T>, new()
    {
        var query = new List<string>();
        if (selection.LabelSelector is { } labels)
        {
            query.Add("labelSelector=" + Uri.EscapeDataString(labels));
        }

        if (selection.FieldSelector is { } fields)
        {
            query.Add("fieldSelector=" + Uri.EscapeDataString(fields));
        }

        return Path<T>(selection.Namespace ?? "", "") + (query.Count > 0 ? "?" : "") + string.Join('&', query);
    }

    private static string Path<T>(string inNamespace, string name, string? subresource = null) where T : class, IMessage<T>, new()
    {
        ApiResource resource = Resource<T>();
        string scope = resource.Namespaced && inNamespace.Length > 0 ? $"namespaces/{Uri.EscapeDataString(inNamespace)}/" : "";
        string item = name.Length > 0 ? "/" + Uri.EscapeDataString(name) : "";
        return $"{(resource.Group.Length == 0 ? "api" : "apis/" + resource.Group)}/{resource.Version}/{scope}{resource.Plural}{item}"
            + (string.IsNullOrEmpty(subresource) ? "" : "/" + subresource);
    }

    private static ObjectMeta Metadata<T>(T value) where T : class, IMessage<T>, new() =>
        (ObjectMeta)value.Descriptor.FindFieldByName("metadata").Accessor.GetValue(value);

    private static ApiWatchEvent<T> Event<T>(JsonNode line) where T : class, IMessage<T>, new()
    {
        JsonNode found = line["object"]!;
        ApiWatchEventType type = (string?)line["type"] switch
        {
            "ADDED" => ApiWatchEventType.Added,
            "MODIFIED" => ApiWatchEventType.Modified,
            "DELETED" => ApiWatchEventType.Deleted,
            "ERROR" => throw new ApiStatusException(KubernetesJson.Read<Status>(found)),
            var other => throw new InvalidOperationException($"a watch without bookmarks told {other}"),
        };
        return new ApiWatchEvent<T>(type, KubernetesJson.Read<T>(found), long.Parse((string)found["metadata"]!["resourceVersion"]!, CultureInfo.InvariantCulture));
    }

    private static DeleteOptions Options(ApiDelete how)
    {
        var options = new DeleteOptions();
        if (how.PropagationPolicy is { } propagation)
        {
            options.PropagationPolicy = propagation;
        }

        if (how.GracePeriodSeconds is { } grace)
        {
            options.GracePeriodSeconds = grace;
        }

        if (how.PreconditionUid is not null || how.PreconditionResourceVersion is not null)
        {
            options.Preconditions = new Preconditions();
            if (how.PreconditionUid is { } uid)
            {
                options.Preconditions.Uid = uid;
            }

            if (how.PreconditionResourceVersion is { } version)
            {
                options.Preconditions.ResourceVersion = version;
            }
        }

        return options;
    }

    private static ByteArrayContent Content(IMessage message) => Content(KubernetesJson.ToUtf8(message), Json);

    private static ByteArrayContent Content(JsonObject document) => Content(JsonSerializer.SerializeToUtf8Bytes(document), Json);

    private static ByteArrayContent Content(byte[] body, string mediaType)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return content;
    }

    private static string MediaType(ApiPatchType type) => type switch
    {
        ApiPatchType.Json => "application/json-patch+json",
        ApiPatchType.Merge => "application/merge-patch+json",
        ApiPatchType.StrategicMerge => "application/strategic-merge-patch+json",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such patch type"),
    };

    private async Task<T> WriteAsync<T>(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken) where T : class, IMessage<T>, new()
    {
        using HttpResponseMessage response = await SendAsync(method, path, content, cancellationToken);
        return KubernetesJson.Read<T>(await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    /// <summary>Only the time until the headers is limited: a watch may last.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Accept.ParseAdd(path.StartsWith("api", StringComparison.Ordinal) ? Json : "*/*");
        HttpResponseMessage response = await PatientAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new ApiStatusException(Refusal(response, await response.Content.ReadAsByteArrayAsync(cancellationToken)));
        }
    }

    private async Task<HttpResponseMessage> PatientAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_patience, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"{request.Method} {request.RequestUri}: no answer from {_http.BaseAddress} within {_patience.TotalSeconds:0} s", exception);
        }
    }

    private static Status Refusal(HttpResponseMessage response, byte[] body)
    {
        try
        {
            if (KubernetesJson.Read<Status>(body) is { Code: > 0 } status)
            {
                return status;
            }
        }
        catch (Exception exception) when (exception is JsonException or KubernetesFormatException)
        {
            // A proxy's page, or a plain text such as that of /readyz.
        }

        return new Status { Status_ = "Failure", Code = (int)response.StatusCode, Message = $"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {System.Text.Encoding.UTF8.GetString(body).Trim()}" };
    }
}
