using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Grpc.Tests.Hosting;

/// <summary>
/// A certificate authority of its own, with a server (127.0.0.1, localhost) and a client (test-client), also as PEM files
/// for the peers. Owned by one test.
/// </summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("grpc-tests-");
    private readonly X509Certificate2 _authority;
    private byte _serial = 1;

    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        _authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        File.WriteAllText(Path.Combine(Folder, "ca.pem"), _authority.ExportCertificatePem());
        Server = Issue("server", "CN=test-server");
        Client = Issue("client", "CN=test-client");
    }

    /// <summary>Holds ca.pem, server.pem, server.key, client.pem, client.key.</summary>
    public string Folder => _folder.FullName;

    public X509Certificate2 Server { get; }

    public X509Certificate2 Client { get; }

    /// <summary>True for certificates of this authority and for those only.</summary>
    public bool IsTrusted(X509Certificate2? certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return certificate is not null && chain.Build(certificate);
    }

    /// <summary>A handler that trusts this authority, and shows the client's certificate when told to.</summary>
    public SocketsHttpHandler CreateHandler(bool withClientCertificate) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificates = withClientCertificate ? [Client] : null,
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == 0 && IsTrusted((X509Certificate2?)certificate),
        },
    };

    public void Dispose()
    {
        Server.Dispose();
        Client.Dispose();
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private X509Certificate2 Issue(string name, string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (name == "server")
        {
            names.AddIpAddress(IPAddress.Loopback);
            names.AddDnsName("localhost");
            request.CertificateExtensions.Add(names.Build());
        }

        using var certificate = request.Create(_authority, _authority.NotBefore, _authority.NotAfter, [++_serial]);
        File.WriteAllText(Path.Combine(Folder, $"{name}.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(Folder, $"{name}.key"), key.ExportPkcs8PrivateKeyPem());
        return certificate.CopyWithPrivateKey(key);
    }
}
