using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Harness.Kubernetes.Access;

/// <summary>Reads certificates and keys, and says in which file or field one is broken. Pure but for the files.</summary>
internal static class Pem
{
    public static string ReadFile(string path, string what)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ClusterAccessException($"{what}: {path} cannot be read: {exception.Message}", exception);
        }
    }

    public static X509Certificate2Collection ReadCertificates(string path, string what) => ParseCertificates(ReadFile(path, what), $"{what} ({path})");

    public static X509Certificate2Collection ParseCertificates(string pem, string what)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException exception)
        {
            throw new ClusterAccessException($"{what}: no PEM certificates: {exception.Message}", exception);
        }

        return certificates.Count > 0 ? certificates : throw new ClusterAccessException($"{what}: there is no PEM certificate in it");
    }

    /// <summary>The first certificate with the key; what follows in the PEM is its chain.</summary>
    public static (X509Certificate2 Certificate, X509Certificate2Collection Chain) ParseIdentity(string certificatePem, string keyPem, string what)
    {
        var chain = ParseCertificates(certificatePem, what);
        try
        {
            var certificate = X509Certificate2.CreateFromPem(certificatePem, keyPem);
            chain.RemoveAt(0);
            return (Usable(certificate), chain);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new ClusterAccessException($"{what}: certificate and key do not go together: {exception.Message}", exception);
        }
    }

    // Windows' TLS cannot use keys that exist in memory alone.
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
    }
}
