using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Tls;

/// <summary>
/// The TLS of a port: version 1.2 or newer, h2, and a client certificate of the right authority, without which no request is read. Each connection takes
/// the credentials of its time, and none is resumed, so that a rotation holds from the next one on. Thread-safe.
/// </summary>
internal sealed partial class MutualTls(Func<PortCredentials> credentials, TimeProvider timeProvider, ILogger logger)
{
    public SslServerAuthenticationOptions ForNextConnection()
    {
        var current = credentials();
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = current.Certificate.Context,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            ClientCertificateRequired = true,
            CertificateChainPolicy = current.Authorities.PolicyAt(timeProvider.GetUtcNow()),
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Judge(certificate, chain, errors),
            AllowTlsResume = false,
            AllowRenegotiation = false,
        };
    }

    private bool Judge(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            Log.NoCertificate(logger);
            return false;
        }

        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        var reasons = (chain?.ChainStatus ?? []).Select(status => status.Status.ToString()).Distinct();
        Log.Refused(logger, certificate.Subject, string.Join(", ", reasons.DefaultIfEmpty(errors.ToString())));
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "A caller without a certificate was refused")]
        public static partial void NoCertificate(ILogger logger);

        [LoggerMessage(Level = LogLevel.Information, Message = "A caller with the certificate {Subject} was refused: {Reasons}")]
        public static partial void Refused(ILogger logger, string subject, string reasons);
    }
}
