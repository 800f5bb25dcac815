using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Harness.Agent.Tests.Support;

/// <summary>A certificate authority of one test: a provider's, or a stranger's.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly X509Certificate2 _authority;
    private int _serial = 1;

    public TestAuthority(string name = "provider")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name} authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _authority = request.CreateSelfSigned(Now.AddDays(-20), Now.AddDays(30));
    }

    public string Pem => _authority.ExportCertificatePem() + "\n";

    public X509Certificate2 Certificate => _authority;

    /// <summary>What a provider shows.</summary>
    public IssuedCertificate IssueClient(TimeSpan? from = null, TimeSpan? until = null, string usage = "1.3.6.1.5.5.7.3.2") =>
        Issue("test-provider", usage, from ?? TimeSpan.FromDays(-1), until ?? TimeSpan.FromDays(1));

    /// <summary>What an agent shows: its chain is the leaf and this authority.</summary>
    public IssuedCertificate IssueServer(TimeSpan? from = null, TimeSpan? until = null) =>
        Issue("test-agent", "1.3.6.1.5.5.7.3.1", from ?? TimeSpan.FromDays(-1), until ?? TimeSpan.FromDays(1));

    /// <summary>A server's certificate with another kind of key, or another form of it: "ec, SEC1", "rsa, PKCS#8", "rsa, PKCS#1".</summary>
    public IssuedCertificate IssueServerWith(string kind)
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        var isRsa = kind.StartsWith("rsa", StringComparison.Ordinal);
        var request = isRsa
            ? new CertificateRequest("CN=test-agent", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest("CN=test-agent", ec, HashAlgorithmName.SHA256);
        using var certificate = request.Create(
            _authority.SubjectName, X509SignatureGenerator.CreateForECDsa(_authority.GetECDsaPrivateKey()!), Now.AddDays(-1), Now.AddDays(1), [99]);
        var key = kind switch
        {
            "ec, SEC1" => ec.ExportECPrivateKeyPem(),
            "rsa, PKCS#8" => rsa.ExportPkcs8PrivateKeyPem(),
            _ => rsa.ExportRSAPrivateKeyPem(),
        };
        var withKey = isRsa ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey(ec);
        return new IssuedCertificate(withKey, certificate.ExportCertificatePem() + "\n" + Pem, key + "\n");
    }

    public bool HasSigned(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    public void Dispose() => _authority.Dispose();

    private IssuedCertificate Issue(string name, string usage, TimeSpan from, TimeSpan until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        using var certificate = request.Create(_authority, Now + from, Now + until, [(byte)++_serial]);
        return new IssuedCertificate(
            certificate.CopyWithPrivateKey(key), certificate.ExportCertificatePem() + "\n" + Pem, key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
