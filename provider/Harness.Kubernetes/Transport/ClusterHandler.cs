using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Harness.Kubernetes.Access;

namespace Harness.Kubernetes.Transport;

/// <summary>
/// Makes the connections to one API server: its trust, the client's identity, HTTP/2 where offered (several connections when many
/// watches are open), pings that find dead ones.
/// </summary>
internal static class ClusterHandler
{
    public static HttpMessageHandler Make(ClusterAccess access, TimeProvider clock)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(30),
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            AllowAutoRedirect = false,
            UseCookies = false,
            SslOptions = Tls(access),
        };
        if (access.Proxy is { } proxy)
        {
            handler.Proxy = new WebProxy(proxy);
        }

        return access.Token is { } token ? new BearerTokenHandler(token, clock, handler) : handler;
    }

    private static SslClientAuthenticationOptions Tls(ClusterAccess access)
    {
        var options = new SslClientAuthenticationOptions();
        if (access.ClientCertificate is { } client)
        {
            options.ClientCertificateContext = SslStreamCertificateContext.Create(client, access.ClientCertificateChain, offline: true);
        }

        if (access.CertificateAuthorities is { } authorities)
        {
            options.CertificateChainPolicy = Policy(authorities);
        }

        if (access.SkipTlsVerify)
        {
#pragma warning disable CA5359 // The kubeconfig asks for it: insecure-skip-tls-verify.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (access.TlsServerName is { } name)
        {
            options.RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsFor(name, certificate, errors);
        }

        return options;
    }

    private static X509ChainPolicy Policy(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    // tls-server-name: the certificate is for this name, whatever the address is.
    private static bool IsFor(string name, X509Certificate? certificate, SslPolicyErrors errors) =>
        (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None
        && certificate is X509Certificate2 known
        && known.MatchesHostname(name);
}
