using System.Security.Cryptography.X509Certificates;
using Harness.Simulator.Kubernetes.Identity;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Kubernetes.Comparison.Servers;

/// <summary>The embedded API server of this process, without controllers.</summary>
internal sealed class EmbeddedApiServer : IApiServer
{
    private readonly EmbeddedCluster _cluster;

    private EmbeddedApiServer(EmbeddedCluster cluster, HttpClient client, string version) => (_cluster, Client, Version) = (cluster, client, version);

    public string Version { get; }

    public HttpClient Client { get; }

    public static async Task<EmbeddedApiServer> StartAsync(CancellationToken cancellationToken)
    {
        var options = new EmbeddedClusterOptions
        {
            Seed = 1,
            Tokens = new Dictionary<string, UserIdentity>
            {
                [Users.AdminToken] = new(Users.Admin, [Users.Masters, UserIdentity.Authenticated], "1"),
                [Users.LimitedToken] = new(Users.Limited, [UserIdentity.Authenticated], "2"),
            },
        };
        EmbeddedCluster cluster = await EmbeddedCluster.StartAsync(options, TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        HttpClient client = TrustedClient.Create(cluster.Endpoint, X509Certificate2.CreateFromPem(cluster.CertificateAuthorityPem));
        return new EmbeddedApiServer(cluster, client, await TrustedClient.VersionAsync(client, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _cluster.DisposeAsync();
    }
}
