using System.Text;
using System.Text.Json.Nodes;
using Harness.Simulator.Kubernetes.Auditing;
using Harness.Simulator.Kubernetes.Discovery;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.OpenApi;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;
using Microsoft.AspNetCore.Http;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>
/// Serves the paths that are no resources: discovery, OpenAPI, health, version and metrics. Safe for any thread.
/// </summary>
internal sealed class PublicPathHandler(ResourceRegistry registry, ObjectStore store, AuditLog audit)
{
    private const string Text = "text/plain; charset=utf-8";

    private readonly OpenApiDocuments _openApi = new(registry);

    /// <summary>Answers a path; false when there is none such.</summary>
    public async Task<bool> TryHandleAsync(HttpContext http)
    {
        string path = http.Request.Path.Value!.TrimEnd('/');
        Func<Task>? answer = path.Split('/') switch
        {
            ["", "version"] => () => SendAsync(http, VersionDocument.Create()),
            ["", "healthz" or "livez" or "readyz"] or ["", "healthz" or "livez" or "readyz", "ping" or "etcd" or "log"] => () => ApiExchange.SendAsync(http, 200, Text, "ok"u8.ToArray()),
            ["", "metrics"] => () => ApiExchange.SendAsync(http, 200, "text/plain; version=0.0.4; charset=utf-8", Metrics()),
            ["", "api"] => () => DiscoverAsync(http, () => AggregatedDiscovery.Core(registry), () => DiscoveryDocuments.ApiVersions(registry, http.Request.Host.Value ?? "")),
            ["", "apis"] => () => DiscoverAsync(http, () => AggregatedDiscovery.Groups(registry), () => DiscoveryDocuments.Groups(registry)),
            ["", "api", var version] => Document(http, DiscoveryDocuments.Resources(registry, "", version)),
            ["", "apis", var group] => Document(http, DiscoveryDocuments.Group(registry, group)),
            ["", "apis", var group, var version] => registry.HasGroup(group)
                ? Document(http, DiscoveryDocuments.Resources(registry, group, version)) ?? throw ApiErrors.UnknownResource()
                : null,
            ["", "openapi", "v2"] => () => SendAsync(http, OpenApiV2(http.Request)),
            ["", "openapi", "v3"] => () => SendAsync(http, _openApi.V3Index),
            ["", "openapi", "v3", .. var rest] => _openApi.V3(string.Join('/', rest)) is { } document ? () => SendAsync(http, document) : null,
            _ => null,
        };
        if (answer is null)
        {
            return false;
        }

        if (!HttpMethods.IsGet(http.Request.Method))
        {
            throw ApiErrors.MethodNotAllowed();
        }

        await answer();
        return true;
    }

    private static Func<Task>? Document(HttpContext http, JsonObject? document) => document is null ? null : () =>
    {
        http.Response.Headers.CacheControl = "public";
        return SendAsync(http, document);
    };

    private static Task SendAsync(HttpContext http, JsonObject document)
    {
        Negotiation negotiation = Negotiation.Of(http.Request, hasProtobuf: false);
        return ApiExchange.SendAsync(http, 200, negotiation.ContentType, ObjectEncoder.OfDocument(document, negotiation));
    }

    private static Task SendAsync(HttpContext http, OpenApiDocument document)
    {
        string etag = $"\"{document.Hash}\"";
        http.Response.Headers.ETag = etag;
        http.Response.Headers.Vary = "Accept";
        if (http.Request.Headers.IfNoneMatch.ToString() == etag)
        {
            http.Response.StatusCode = 304;
            return Task.CompletedTask;
        }

        return ApiExchange.SendAsync(http, 200, document.ContentType, document.Content);
    }

    private static Task DiscoverAsync(HttpContext http, Func<JsonObject> aggregated, Func<JsonObject> plain)
    {
        http.Response.Headers.CacheControl = "public";
        string accept = http.Request.Headers.Accept.ToString();
        if (!accept.Contains("g=apidiscovery.k8s.io;v=v2;", StringComparison.Ordinal) && !accept.Contains("as=APIGroupDiscoveryList;v=v2;", StringComparison.Ordinal))
        {
            return SendAsync(http, plain());
        }

        byte[] body = [.. ObjectJson.ToUtf8(aggregated()), (byte)'\n'];
        string etag = AggregatedDiscovery.ETag(body);
        http.Response.Headers.ETag = etag;
        http.Response.Headers.Vary = "Accept";
        if (http.Request.Headers.IfNoneMatch.ToString() == etag)
        {
            http.Response.StatusCode = 304;
            return Task.CompletedTask;
        }

        http.Response.Headers["X-Varied-Accept"] = AggregatedDiscovery.MediaType;
        return ApiExchange.SendAsync(http, 200, AggregatedDiscovery.MediaType, body);
    }

    private OpenApiDocument OpenApiV2(HttpRequest request)
    {
        string accept = request.Headers.Accept.ToString();
        return accept.Contains("com.github.proto-openapi.spec.v2", StringComparison.Ordinal) ? _openApi.V2Protobuf : _openApi.V2Json;
    }

    private byte[] Metrics()
    {
        var text = new StringBuilder("# TYPE apiserver_storage_objects gauge\n");
        foreach (ApiResource resource in registry.All.Where(one => one is { Stored: true, StoredAs: null }))
        {
            int count = store.Snapshot(resource).Count;
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"apiserver_storage_objects{{resource=\"{resource.QualifiedPlural}\"}} {count}\n");
        }

        text.Append("# TYPE apiserver_storage_revision counter\n");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"apiserver_storage_revision {store.Revision}\n");
        text.Append("# TYPE apiserver_audit_dropped_total counter\n");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"apiserver_audit_dropped_total {audit.Dropped}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
