using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Harness.Simulator.Kubernetes.Auditing;
using Harness.Simulator.Kubernetes.Authorization;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.Kubernetes.Kubelet;
using Harness.Simulator.Kubernetes.Operations;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Serving;
using Harness.Simulator.Kubernetes.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Kubernetes;

/// <summary>
/// A Kubernetes API server inside this process: one store, one certificate authority, one TLS endpoint on the loopback. Controllers get
/// clients of it that do not go over the wire. Safe for any thread; disposed once, by who started it.
/// </summary>
public sealed class EmbeddedCluster : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly ClusterCertificates _certificates;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ApiOperations _operations;
    private readonly Auditor _auditor;
    private readonly TokenBook _tokens;
    private readonly PodLogProxy _logs;
    private readonly X509Certificate2 _serving;
    private Task _emptier = Task.CompletedTask;

    private EmbeddedCluster(EmbeddedClusterOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        var identifiers = new IdentifierSource(options.Seed);
        _certificates = ClusterCertificates.Open(options.CertificateDirectory, time);
        _serving = Loadable(_certificates.Serving(options.ListenOn.Address));
        _operations = new ApiOperations(ResourceRegistry.BuiltIn, new ObjectStore(options.WatchWindow), identifiers, time);
        Audit = new AuditLog(options.AuditCapacity);
        _auditor = new Auditor(Audit, time);
        _tokens = new TokenBook(identifiers, time);
        foreach ((string token, UserIdentity user) in options.Tokens)
        {
            _tokens.Add(token, user);
        }

        _logs = new PodLogProxy(_operations, _certificates);
        _web = BuildWeb(options, loggers);
        _web.Run(Door(time, loggers).HandleAsync);
    }

    /// <summary>Where the API is: <c>https://127.0.0.1:PORT</c>.</summary>
    public Uri Endpoint { get; private set; } = new("https://127.0.0.1");

    /// <summary>The certificate authority of the server's and the clients' certificates, in PEM.</summary>
    public string CertificateAuthorityPem => _certificates.AuthorityPem;

    /// <summary>Every write to the API, for those who judge.</summary>
    public AuditLog Audit { get; }

    /// <summary>The state, for those who look rather than ask.</summary>
    public ObjectStore Store => _operations.Store;

    /// <summary>What the API offers.</summary>
    public ResourceRegistry Resources => _operations.Registry;

    /// <summary>Starts a cluster with its first namespaces in place.</summary>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<EmbeddedCluster> StartAsync(
        EmbeddedClusterOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var cluster = new EmbeddedCluster(options, time, loggers);
        try
        {
            FirstObjects.Create(cluster._operations, cluster.CertificateAuthorityPem);
            await cluster._web.StartAsync(cancellationToken);
            cluster.Endpoint = new Uri(cluster._web.Urls.First());
            var emptier = new NamespaceEmptier(cluster._operations, time, loggers.CreateLogger<NamespaceEmptier>());
            cluster._emptier = Task.Run(() => emptier.RunAsync(cluster._stopping.Token), CancellationToken.None);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A kubeconfig for a user, with a client certificate embedded.</summary>
    public string KubeconfigFor(string user, params IReadOnlyList<string> groups) => _certificates.KubeconfigFor(Endpoint, new UserIdentity(user, groups));

    /// <summary>A client certificate of the cluster's authority, private key included; the caller's to dispose.</summary>
    public X509Certificate2 ClientCertificateFor(string user, params IReadOnlyList<string> groups) => Loadable(_certificates.Client(new UserIdentity(user, groups)));

    /// <summary>A bearer token for a service account.</summary>
    public string TokenFor(string inNamespace, string serviceAccount, DateTimeOffset expires) =>
        _tokens.Issue(ServiceAccounts.Identity(inNamespace, serviceAccount, ""), expires);

    /// <summary>A client inside the process that acts under this name and may do everything.</summary>
    public IApiClient ClientFor(string user) => new InProcessApiClient(_operations, _auditor, new UserIdentity(user, [UserIdentity.Masters, UserIdentity.Authenticated]));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _web.StopAsync(CancellationToken.None);
        await _emptier;
        await _web.DisposeAsync();
        _logs.Dispose();
        _serving.Dispose();
        _certificates.Dispose();
        _stopping.Dispose();
    }

    private FrontDoor Door(TimeProvider time, ILoggerFactory loggers)
    {
        ObjectStore store = _operations.Store;
        ResourceRegistry registry = _operations.Registry;
        var authorizer = new RbacAuthorizer(store, registry);
        var resources = new ResourceHandler(_operations, _auditor, new WatchHandler(_operations, time, _stopping.Token));
        var handlers = new RequestHandlers(
            new PublicPathHandler(registry, store, Audit),
            resources,
            new SubresourceHandler(_operations, _auditor, resources, _logs, new TokenHandler(store, _tokens, time)),
            new ReviewHandler(authorizer, _tokens, time),
            _operations.Identifiers);
        return new FrontDoor(registry, new Authenticator(_certificates, _tokens, authorizer, registry), authorizer, handlers, time, loggers.CreateLogger<FrontDoor>());
    }

    private WebApplication BuildWeb(EmbeddedClusterOptions options, ILoggerFactory loggers)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(loggers);
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            kestrel.Listen(options.ListenOn, Secure);
        });
        return builder.Build();
    }

    private void Secure(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = _serving,
            SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateMode = ClientCertificateMode.AllowCertificate,
            ClientCertificateValidation = (_, _, _) => true,
        });
    }

    /// <summary>A key that was made in memory has to go through PKCS#12 before every platform's TLS takes it.</summary>
    private static X509Certificate2 Loadable(X509Certificate2 made)
    {
        using (made)
        {
            return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        }
    }
}
