using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Bootstrap;

/// <summary>
/// The certificates that may have signed this instance's identity document. A caller trusts none of them because the agent names it: it has its own.
/// Immutable, thread-safe.
/// </summary>
internal sealed partial class SigningCertificates(X509Certificate2Collection known, ILogger<SigningCertificates> logger)
{
    /// <summary>The signer's certificate in PEM, from the signature itself or from the known ones; empty when neither has it.</summary>
    /// <param name="signature">PKCS#7 in base64.</param>
    public string SignerOf(byte[] signature)
    {
        try
        {
            var message = new SignedCms();
            message.Decode(Convert.FromBase64String(Encoding.ASCII.GetString(signature)));
            var signer = message.SignerInfos[0];
            var certificate = signer.Certificate ?? known.FirstOrDefault(candidate => IsSigner(candidate, signer.SignerIdentifier));
            if (certificate is null)
            {
                Log.Unknown(logger);
            }

            return certificate?.ExportCertificatePem() ?? "";
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or ArgumentOutOfRangeException)
        {
            Log.Unreadable(logger, exception.Message);
            return "";
        }
    }

    private static bool IsSigner(X509Certificate2 candidate, SubjectIdentifier identifier) =>
        identifier.Value is X509IssuerSerial { } signer
        && string.Equals(candidate.SerialNumber, signer.SerialNumber, StringComparison.OrdinalIgnoreCase)
        && candidate.Issuer == signer.IssuerName;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The certificate that signed the identity document is not known: give it with --identity-certificates")]
        public static partial void Unknown(ILogger logger);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The signature of the identity document is no PKCS#7 in base64, and goes out as it is: {Reason}")]
        public static partial void Unreadable(ILogger logger, string reason);
    }
}
