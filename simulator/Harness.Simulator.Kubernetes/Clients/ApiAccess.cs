using System.Security.Cryptography.X509Certificates;

namespace Harness.Simulator.Kubernetes.Clients;

/// <summary>Where an API server is, whom to trust there, and as whom to come. Holds private keys, so it is never printed. A value.</summary>
public sealed record ApiAccess
{
    /// <summary>The server; a path in it (a proxy in front of several clusters) is kept.</summary>
    public required Uri Server { get; init; }

    /// <summary>The authority of the server's certificate in PEM; null to trust what the machine trusts.</summary>
    public string? AuthorityPem { get; init; }

    /// <summary>Whether any certificate will do, as a kubeconfig may ask for.</summary>
    public bool SkipTlsVerify { get; init; }

    /// <summary>The name that the server's certificate is for, where it is not the address.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>The client's certificate with what stands between it and its authority, in PEM; null for none.</summary>
    public string? ClientCertificatePem { get; init; }

    /// <summary>The private key of <see cref="ClientCertificatePem"/>.</summary>
    public string? ClientKeyPem { get; init; }

    /// <summary>A bearer token; null for none.</summary>
    public string? Token { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"the Kubernetes API at {Server}";

    /// <summary>Makes the handler of an HTTP client that comes with this identity.</summary>
    internal SocketsHttpHandler Handler()
    {
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true, AllowAutoRedirect = false };
        if (ClientCertificatePem is not null && ClientKeyPem is not null)
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(ClientCertificatePem);
            handler.SslOptions.ClientCertificateContext = System.Net.Security.SslStreamCertificateContext.Create(
                X509Certificate2.CreateFromPem(ClientCertificatePem, ClientKeyPem), chain, offline: true);
        }

        Trust(handler);
        return handler;
    }

    private void Trust(SocketsHttpHandler handler)
    {
        if (AuthorityPem is not null)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPem(AuthorityPem);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        if (TlsServerName is not null)
        {
            handler.SslOptions.TargetHost = TlsServerName;
        }

        if (SkipTlsVerify)
        {
#pragma warning disable CA5359 // The kubeconfig asks for it: insecure-skip-tls-verify.
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
    }
}
