using System.Security.Cryptography.X509Certificates;

namespace Harness.Kubernetes.Tests.Access;

/// <summary>The PEM of a test certificate's private key.</summary>
internal static class PrivateKeyText
{
    public static string GetECDsaPrivateKeyPem(this X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }
}
