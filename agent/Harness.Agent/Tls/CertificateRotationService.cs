using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Harness.Agent.Contract.V1;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Tls;

/// <summary>vkvmagent.v1.CertificateRotation: checks what is sent before anything changes. Thread-safe.</summary>
internal sealed partial class CertificateRotationService(
    LifecycleCredentials credentials, TimeProvider timeProvider, ILogger<CertificateRotationService> logger)
    : CertificateRotation.CertificateRotationBase
{
    public override async Task<RotateCertificateResponse> RotateCertificate(RotateCertificateRequest request, ServerCallContext context)
    {
        if (credentials.Current is null)
        {
            throw new RpcException(new Status(StatusCode.FailedPrecondition, "This port does not serve mutual TLS: there is no certificate to rotate."));
        }

        var certificate = ServerCertificate.TryParse(
            request.PemCertificateChain.Span, request.PemPrivateKey.Span, timeProvider.GetUtcNow(), out var problem)
            ?? throw Invalid("the certificate cannot be served: " + problem);
        var authorities = Authorities(request, context.GetHttpContext().Connection.ClientCertificate);
        var changed = await RotateAsync(certificate, authorities);
        if (changed)
        {
            Log.Rotated(logger, certificate.Leaf.Subject, certificate.NotAfter);
        }

        return new RotateCertificateResponse
        {
            NotAfter = Timestamp.FromDateTimeOffset(certificate.NotAfter),
            LeafSha256 = ByteString.CopyFrom(SHA256.HashData(certificate.Leaf.RawDataMemory.Span)),
            Changed = changed,
        };
    }

    private async Task<bool> RotateAsync(ServerCertificate certificate, ClientAuthorities? authorities)
    {
        try
        {
            return await credentials.RotateAsync(certificate, authorities);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotWritten(logger, exception.Message);
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted, $"The new certificate cannot be written, the old one stays in use: {exception.Message}"));
        }
    }

    private ClientAuthorities? Authorities(RotateCertificateRequest request, X509Certificate2? caller)
    {
        if (request.PemClientCaCertificates.IsEmpty)
        {
            return null;
        }

        var authorities = ClientAuthorities.TryParse(request.PemClientCaCertificates.ToStringUtf8(), out var problem)
            ?? throw Invalid("pem_client_ca_certificates " + problem);
        return caller is not null && authorities.Accept(caller, timeProvider.GetUtcNow())
            ? authorities
            : throw Invalid("pem_client_ca_certificates would lock the caller itself out: none of them signed its certificate; send the old authority along");
    }

    private static RpcException Invalid(string problem) => new(new Status(StatusCode.InvalidArgument, $"Nothing was changed: {problem}."));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The lifecycle port serves as {Subject} until {NotAfter}, from the next connection on")]
        public static partial void Rotated(ILogger logger, string subject, DateTimeOffset notAfter);

        [LoggerMessage(Level = LogLevel.Error, Message = "A new certificate could not be written, the old one stays in use: {Reason}")]
        public static partial void NotWritten(ILogger logger, string reason);
    }
}
