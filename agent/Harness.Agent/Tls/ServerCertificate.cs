using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Harness.Agent.Tls;

/// <summary>
/// The certificate chain and key that a port shows, as they came. Immutable. Nothing here puts the key into a message: what is wrong with one is
/// said in our own words.
/// </summary>
internal sealed class ServerCertificate
{
    private const int LongestChain = 16;

    private ServerCertificate(X509Certificate2 leaf, X509Certificate2Collection others, string chainPem, string keyPem)
    {
        Leaf = leaf;
        ChainPem = chainPem;
        KeyPem = keyPem;
        Context = SslStreamCertificateContext.Create(leaf, others, offline: true);
    }

    /// <summary>Has its private key.</summary>
    public X509Certificate2 Leaf { get; }

    public SslStreamCertificateContext Context { get; }

    public string ChainPem { get; }

    public string KeyPem { get; }

    public DateTimeOffset NotAfter => new(Leaf.NotAfter.ToUniversalTime(), TimeSpan.Zero);

    private DateTimeOffset NotBefore => new(Leaf.NotBefore.ToUniversalTime(), TimeSpan.Zero);

    /// <summary>Reads a chain, the leaf first, and its key. Null, and what is wrong, when a port cannot serve with them now.</summary>
    public static ServerCertificate? TryParse(ReadOnlySpan<byte> chainPem, ReadOnlySpan<byte> keyPem, DateTimeOffset now, out string problem)
    {
        var chain = PemCertificates.TryParse(Encoding.UTF8.GetString(chainPem), out problem);
        if (chain is null)
        {
            problem = "the certificate chain " + problem;
            return null;
        }

        if (chain.Count > LongestChain)
        {
            problem = $"the certificate chain has {chain.Count} certificates; at most {LongestChain} are taken";
            return null;
        }

        var key = Encoding.UTF8.GetString(keyPem);
        problem = KeyProblem(key);
        if (problem.Length > 0 || WithKey(chain[0], key) is not { } leaf)
        {
            problem = problem.Length > 0 ? problem : "the private key is damaged, or does not belong to the first certificate of the chain";
            return null;
        }

        chain.RemoveAt(0);
        var certificate = new ServerCertificate(leaf, chain, Encoding.UTF8.GetString(chainPem), key);
        problem = certificate.ValidityProblem(now);
        return problem.Length == 0 ? certificate : null;
    }

    /// <summary>A P-256 certificate that no one vouches for, for a port whose callers verify the agent by other means.</summary>
    public static ServerCertificate SelfSigned(string name, IPAddress? address, DateTimeOffset now)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (address is not null)
        {
            names.AddIpAddress(address);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(WellKnownOids.ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(names.Build());
        // An instance's clock may be a little ahead of its caller's.
        var leaf = request.CreateSelfSigned(now.AddHours(-1), now.AddYears(1));
        return new ServerCertificate(leaf, [], leaf.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Empty while the leaf is valid.</summary>
    public string ValidityProblem(DateTimeOffset now) => now switch
    {
        _ when now < NotBefore => $"the certificate is not valid before {NotBefore:u}; it is {now:u} now",
        _ when now > NotAfter => $"the certificate has expired at {NotAfter:u}; it is {now:u} now",
        _ => "",
    };

    private static string KeyProblem(string key)
    {
        if (!PemEncoding.TryFind(key, out var fields))
        {
            return "the private key is no PEM";
        }

        var label = key.AsSpan()[fields.Label];
        return label.SequenceEqual("ENCRYPTED PRIVATE KEY") ? "the private key is encrypted; send it without a password"
            : label.EndsWith("PRIVATE KEY") ? ""
            : "the private key's PEM holds something else";
    }

    private static X509Certificate2? WithKey(X509Certificate2 certificate, string key)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), key);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return null;
        }
    }
}
