using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Harness.Agent.Tls;

/// <summary>
/// The certificate authorities whose clients a port accepts: these alone, whatever the machine trusts. Immutable.
/// </summary>
internal sealed class ClientAuthorities
{
    private readonly X509Certificate2Collection _certificates;

    private ClientAuthorities(X509Certificate2Collection certificates, string pem)
    {
        _certificates = certificates;
        Pem = pem;
    }

    public string Pem { get; }

    /// <summary>Null, and what is wrong as the end of a sentence, unless the text holds authorities and nothing else.</summary>
    public static ClientAuthorities? TryParse(string pem, out string problem)
    {
        if (PemCertificates.TryParse(pem, out problem) is not { } certificates)
        {
            return null;
        }

        if (certificates.FirstOrDefault(certificate => !IsAuthority(certificate)) is { } other)
        {
            problem = $"holds a certificate that is no authority's: {other.Subject}";
            return null;
        }

        return new ClientAuthorities(certificates, pem);
    }

    /// <summary>How a client's certificate is judged at that time; a new one for each use, since TLS adds what the client sent.</summary>
    public X509ChainPolicy PolicyAt(DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = now.UtcDateTime,
        };
        policy.CustomTrustStore.AddRange(_certificates);
        policy.ApplicationPolicy.Add(new Oid(WellKnownOids.ClientAuthentication));
        return policy;
    }

    public bool Accept(X509Certificate2 client, DateTimeOffset now)
    {
        using var chain = new X509Chain { ChainPolicy = PolicyAt(now) };
        return chain.Build(client);
    }

    private static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);
}
