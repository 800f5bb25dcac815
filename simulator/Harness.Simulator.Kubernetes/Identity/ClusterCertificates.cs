using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Harness.Simulator.Kubernetes.Identity;

/// <summary>
/// The cluster's certificate authority and what it signs: the server's certificate and client certificates whose CN is the user and whose O are
/// the groups. ECDSA P-256 throughout. Kept in a directory when one is given, so that a restarted cluster is the same one to its clients.
/// Safe for any thread.
/// </summary>
public sealed class ClusterCertificates : IDisposable
{
    private const string CertificateFile = "ca.crt";
    private const string KeyFile = "ca.key";
    private static readonly TimeSpan _slack = TimeSpan.FromDays(1);
    private static readonly TimeSpan _life = TimeSpan.FromDays(3650);

    private readonly X509Certificate2 _authority;
    private readonly TimeProvider _time;

    private ClusterCertificates(X509Certificate2 authority, TimeProvider time)
    {
        _authority = authority;
        _time = time;
    }

    /// <summary>The authority's certificate in PEM.</summary>
    public string AuthorityPem => _authority.ExportCertificatePem() + "\n";

    /// <summary>Loads the authority of a directory, or makes one and keeps it there; without a directory it lives in memory only.</summary>
    public static ClusterCertificates Open(string? directory, TimeProvider time)
    {
        if (directory is null)
        {
            return new ClusterCertificates(MakeAuthority(time), time);
        }

        string certificate = Path.Combine(directory, CertificateFile);
        string key = Path.Combine(directory, KeyFile);
        if (File.Exists(certificate) && File.Exists(key))
        {
            return new ClusterCertificates(X509Certificate2.CreateFromPemFile(certificate, key), time);
        }

        Directory.CreateDirectory(directory);
        X509Certificate2 made = MakeAuthority(time);
        WriteKey(key, made);
        File.WriteAllText(certificate, made.ExportCertificatePem() + "\n");
        return new ClusterCertificates(made, time);
    }

    /// <summary>A certificate for a server on the loopback addresses and the names by which a cluster's API is known.</summary>
    public X509Certificate2 Serving(IPAddress address)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (string name in (string[])["localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"])
        {
            names.AddDnsName(name);
        }

        names.AddIpAddress(address);
        if (!address.Equals(IPAddress.Loopback))
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        names.AddIpAddress(IPAddress.Parse("10.96.0.1"));
        return Sign("CN=kube-apiserver", "1.3.6.1.5.5.7.3.1", names.Build());
    }

    /// <summary>A client certificate, private key included.</summary>
    public X509Certificate2 Client(UserIdentity user)
    {
        var subject = new X500DistinguishedNameBuilder();
        foreach (string group in user.Groups)
        {
            subject.AddOrganizationName(group);
        }

        subject.AddCommonName(user.Name);
        return Sign(subject.Build(), "1.3.6.1.5.5.7.3.2", null);
    }

    /// <summary>A kubeconfig for a user of the cluster at <paramref name="endpoint"/>, with a client certificate embedded.</summary>
    public string KubeconfigFor(Uri endpoint, UserIdentity user)
    {
        using X509Certificate2 client = Client(user);
        return Kubeconfig.Write(endpoint, AuthorityPem, client, user.Name);
    }

    /// <summary>Whose client certificate this is; null when the authority did not sign it, or it is not for clients.</summary>
    public UserIdentity? Identify(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = _time.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2"));
        if (!chain.Build(certificate))
        {
            return null;
        }

        string name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        IEnumerable<string> groups = certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(part => part.GetSingleElementType().Value == "2.5.4.10").Select(part => part.GetSingleElementValue() ?? "");
        return new UserIdentity(name, [.. groups, UserIdentity.Authenticated]);
    }

    /// <inheritdoc/>
    public void Dispose() => _authority.Dispose();

    private static X509Certificate2 MakeAuthority(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=harness-cluster-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        DateTimeOffset now = time.GetUtcNow();
        return request.CreateSelfSigned(now - _slack, now + _life);
    }

    private X509Certificate2 Sign(string subject, string purpose, X509Extension? names) => Sign(new X500DistinguishedName(subject), purpose, names);

    private X509Certificate2 Sign(X500DistinguishedName subject, string purpose, X509Extension? names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority, true, false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names);
        }

        byte[] serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7f;
        DateTimeOffset end = new(_authority.NotAfter.ToUniversalTime(), TimeSpan.Zero);
        using X509Certificate2 signed = request.Create(_authority, new DateTimeOffset(_authority.NotBefore.ToUniversalTime(), TimeSpan.Zero), end, serial);
        return signed.CopyWithPrivateKey(key);
    }

    private static void WriteKey(string path, X509Certificate2 certificate)
    {
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(key.ExportPkcs8PrivateKeyPem());
    }
}
