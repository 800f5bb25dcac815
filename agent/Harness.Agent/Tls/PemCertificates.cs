using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Harness.Agent.Tls;

/// <summary>Certificates in PEM text.</summary>
internal static class PemCertificates
{
    /// <summary>Null, and what is wrong as the end of a sentence, when there is none or one cannot be read.</summary>
    public static X509Certificate2Collection? TryParse(string pem, out string problem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            problem = "holds a certificate that cannot be read";
            return null;
        }

        problem = certificates.Count > 0 ? "" : "holds no PEM certificate";
        return certificates.Count > 0 ? certificates : null;
    }
}
