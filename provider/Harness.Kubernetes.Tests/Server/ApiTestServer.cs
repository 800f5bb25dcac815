using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Harness.Kubernetes.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Harness.Kubernetes.Tests.Server;

/// <summary>
/// A scripted API server with TLS on a free port of the loopback address. It answers each request with the next of its answers, the last
/// one again and again, and keeps what was asked.
/// </summary>
internal sealed class ApiTestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestCertificates _certificates;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();
    private Func<HttpContext, Task>? _last;

    private ApiTestServer(WebApplication app, TestCertificates certificates)
    {
        _app = app;
        _certificates = certificates;
    }

    public ConcurrentQueue<ApiTestRequest> Requests { get; } = new();

    public Uri Url => new(_app.Urls.Single());

    public TestCertificates Certificates => _certificates;

    public static async Task<ApiTestServer> StartAsync(string certificateName = "127.0.0.1")
    {
        var certificates = TestCertificates.Make();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = certificates.Issue("kube-apiserver", certificateName);
            https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
            https.ClientCertificateValidation = static (_, _, _) => true;
        })));
        var app = builder.Build();
        var server = new ApiTestServer(app, certificates);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public ClusterAccess Access(BearerToken? token = null) => new()
    {
        Server = Url,
        CertificateAuthorities = new X509Certificate2Collection(_certificates.Authority),
        Token = token,
    };

    public KubernetesClient Client(KubernetesClientOptions? options = null, TimeProvider? clock = null) =>
        KubernetesClient.For(Access(), options ?? new KubernetesClientOptions(), clock ?? TimeProvider.System);

    public ApiTestServer Answer(byte[] body, string contentType, int status = 200, params (string Name, string Value)[] headers) => Answer(async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    });

    public ApiTestServer AnswerJson(string body, int status = 200) => Answer(System.Text.Encoding.UTF8.GetBytes(body), "application/json", status);

    /// <summary>Sends bytes and then keeps the response open until the client goes.</summary>
    public ApiTestServer AnswerAndHold(byte[] body, string contentType) => Answer(async context =>
    {
        context.Response.ContentType = contentType;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
    });

    public ApiTestServer Answer(Func<HttpContext, Task> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificates.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var client = context.Connection.ClientCertificate?.GetNameInfo(X509NameType.SimpleName, false);
        Requests.Enqueue(new ApiTestRequest(context.Request.Method, target, context.Request.Protocol, headers, body.ToArray(), client));
        if (_answers.TryDequeue(out var next))
        {
            _last = next;
        }

        await _last!(context);
    }
}
