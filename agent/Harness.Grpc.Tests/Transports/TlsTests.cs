using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Grpc.Tests.Transports;

/// <summary>Encrypted channels where both sides show certificates, with each peer on either side.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task Mtls_OwnPeers_ClientIsKnownToTheHandler()
    {
        AuthContext? seen = null;
        await using var host = await GrpcHost.StartAsync(
            application => application.MapGrpcServiceOf<ScriptedPeer>(),
            listen: ListenMtls,
            services: services => services.AddInstance(new ScriptedPeer
            {
                OnEcho = (note, context) =>
                {
                    seen = context.AuthContext;
                    return Task.FromResult(note);
                },
            }));
        using var channel = Open(host.Address, withClientCertificate: true);

        await new Peer.PeerClient(channel).EchoAsync(new Note());

        Assert.True(seen!.IsPeerAuthenticated);
        Assert.Equal("test-client", seen.PeerIdentity.Single().Value);
        Assert.Equal("test-client", seen.FindPropertiesByName("x509_common_name").Single().Value);
    }

    [Fact]
    public async Task Mtls_ClientWithoutCertificate_IsUnavailable()
    {
        await using var host = await GrpcHost.StartAsync(listen: ListenMtls);
        using var channel = Open(host.Address, withClientCertificate: false);

        var failure = await Assert.ThrowsAsync<RpcException>(() => new Peer.PeerClient(channel).EchoAsync(new Note()).ResponseAsync);

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
    }

    [Fact]
    public async Task Tls_ServerOfAnotherAuthority_IsUnavailable()
    {
        using var others = new TestCertificates();
        await using var host = await GrpcHost.StartAsync(listen: ListenMtls);
        using var channel = GrpcChannel.ForAddress(
            host.Address, new GrpcChannelOptions { HttpHandler = others.CreateHandler(withClientCertificate: true), DisposeHttpClient = true });

        var failure = await Assert.ThrowsAsync<RpcException>(() => new Peer.PeerClient(channel).EchoAsync(new Note()).ResponseAsync);

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
    }

    [SkippableTheory]
    [InlineData("python")]
    [InlineData("node")]
    public async Task Mtls_ClientsOfOthers_SeeAllCases(string language)
    {
        await using var host = await GrpcHost.StartAsync(listen: ListenMtls);

        var results = await PeerClientRun.RunAsync(language, host.Authority, _certificates.Folder);

        Assert.All(results, result => Assert.Equal("ok", result.Value));
    }

    [SkippableFact]
    public Task Mtls_ServerOfPython_IsCalled() => CallAsync(new PythonServer());

    [SkippableFact]
    public Task Mtls_ServerOfNode_IsCalled() => CallAsync(new NodeServer());

    private async Task CallAsync(PeerServer server)
    {
        try
        {
            using var channel = Open($"https://{await server.StartAsync(_certificates.Folder)}", withClientCertificate: true);
            Assert.Equal(5, (await new Peer.PeerClient(channel).EchoAsync(new Note { Number = 5 })).Number);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private GrpcChannel Open(string address, bool withClientCertificate) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        Credentials = ChannelCredentials.SecureSsl,
        HttpHandler = _certificates.CreateHandler(withClientCertificate),
        DisposeHttpClient = true,
    });

    private void ListenMtls(KestrelServerOptions kestrel) => kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
    {
        endpoint.Protocols = HttpProtocols.Http2;
        endpoint.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = _certificates.Server,
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (certificate, _, _) => _certificates.IsTrusted(certificate),
        });
    });
}
