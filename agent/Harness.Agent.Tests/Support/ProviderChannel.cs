using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;

namespace Harness.Agent.Tests.Support;

/// <summary>Channels as a provider opens them.</summary>
internal static class ProviderChannel
{
    /// <summary>A channel of its own connection, that shows a certificate or none, and accepts a server of that authority, or any.</summary>
    public static GrpcChannel Open(Uri address, X509Certificate2? client, TestAuthority? servers = null)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = client is null ? null : [client],
                RemoteCertificateValidationCallback = (_, certificate, _, _) => servers is null || servers.HasSigned((X509Certificate2)certificate!),
            },
        };
        return GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }
}
