using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Harness.Simulator.Kubernetes.Identity;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Kubernetes.Tests.Serving;

/// <summary>
/// A cluster on a free port, and HTTP clients of it: one of <c>system:masters</c>, one without a certificate. The token of the recordings is
/// known and may do nothing.
/// </summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    public EmbeddedCluster Cluster { get; private set; } = null!;

    public HttpClient Admin { get; private set; } = null!;

    public HttpClient Anonymous { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var options = new EmbeddedClusterOptions
        {
            Seed = 1,
            Tokens = new Dictionary<string, UserIdentity> { ["gold-noright-token"] = new("limited", [UserIdentity.Authenticated]) },
        };
        Cluster = await EmbeddedCluster.StartAsync(options, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        Admin = Client(Cluster.ClientCertificateFor("admin", UserIdentity.Masters));
        Anonymous = Client(null);
    }

    public async Task DisposeAsync()
    {
        Admin.Dispose();
        Anonymous.Dispose();
        await Cluster.DisposeAsync();
    }

    public async Task<(int Code, JsonNode Body)> SendAsync(string method, string path, JsonNode? body = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Accept.ParseAdd("application/json");
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, contentType);
        }

        using HttpResponseMessage answer = await Admin.SendAsync(request);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    private HttpClient Client(X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        X509Certificate2 authority = X509Certificate2.CreateFromPem(Cluster.CertificateAuthorityPem);
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { authority },
        };
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        return new HttpClient(handler) { BaseAddress = Cluster.Endpoint, Timeout = TimeSpan.FromSeconds(60) };
    }
}
