using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Comparison.Servers;

/// <summary>Makes HTTP clients that trust one certificate.</summary>
internal static class TrustedClient
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    public static HttpClient Create(Uri endpoint, X509Certificate2 trusted)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { trusted },
        };
        return new HttpClient(handler) { BaseAddress = endpoint, Timeout = _longest };
    }

    /// <summary>The version that a server says it has.</summary>
    public static async Task<string> VersionAsync(HttpClient client, CancellationToken cancellationToken)
    {
        JsonNode version = JsonNode.Parse(await client.GetStringAsync(new Uri("/version", UriKind.Relative), cancellationToken))!;
        return (string)version["gitVersion"]!;
    }
}
