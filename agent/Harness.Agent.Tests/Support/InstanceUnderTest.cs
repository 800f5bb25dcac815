using System.Net;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Net.Client;
using Harness.Agent.Bootstrap;
using Harness.Agent.Contract.V0;
using Harness.Testing;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Tests.Support;

/// <summary>
/// An instance with a metadata service of its own and an agent that boots on it, on free ports of 127.0.0.1; and the provider's authority. All gone with it.
/// </summary>
internal sealed class InstanceUnderTest : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<GrpcChannel> _channels = [];
    private readonly int _port;

    private InstanceUnderTest(FakeInstanceMetadata metadata, TestAuthority authority, int port)
    {
        _port = port;
        Metadata = metadata;
        Authority = authority;
        Client = authority.IssueClient();
        File.WriteAllText(CertificatesFile, metadata.SignerPem);
    }

    public FakeInstanceMetadata Metadata { get; }

    public TestAuthority Authority { get; }

    /// <summary>What the provider shows unless a test says otherwise.</summary>
    public IssuedCertificate Client { get; }

    public AgentServer Server { get; private set; } = null!;

    public LogLines Logs { get; } = new();

    public string StateDirectory => Path.Combine(_folder.Path, "state");

    public string CertificatesFile => Path.Combine(_folder.Path, "signers.pem");

    public Uri BootstrapAddress => new(Server.BootstrapAddresses.First());

    public Uri Address => new(Server.Addresses.First());

    public AgentBootstrap.AgentBootstrapClient Bootstrap => new(Open(BootstrapAddress, Client.Certificate));

    /// <summary>Boots an instance whose user data has the provider's authority, or what a test puts there.</summary>
    public static async Task<InstanceUnderTest> BootAsync(
        Action<FakeInstanceMetadata>? prepare = null, string instanceId = "i-0123456789abcdef0", int port = 0)
    {
        var authority = new TestAuthority();
        var metadata = await FakeInstanceMetadata.StartAsync(instanceId);
        metadata.Put("latest/user-data", FakeInstanceMetadata.UserDataFor(authority));
        prepare?.Invoke(metadata);
        var instance = new InstanceUnderTest(metadata, authority, port);
        await instance.StartAgentAsync();
        return instance;
    }

    public async Task StartAgentAsync() => Server = await AgentServer.StartAsync(
        new AgentOptions
        {
            Bootstrap = new BootstrapOptions
            {
                Address = IPAddress.Loopback,
                Port = _port,
                BootstrapPort = 0,
                MetadataEndpoint = Metadata.Endpoint,
                IdentityCertificates = CertificatesFile,
            },
            StateDirectory = StateDirectory,
        },
        TimeProvider.System,
        logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs),
        CancellationToken.None);

    public async Task StopAgentAsync()
    {
        await Server.StopAsync(CancellationToken.None);
        await Server.DisposeAsync();
    }

    /// <summary>Bootstraps as a provider does; the certificate that the lifecycle port shows then.</summary>
    public async Task<IssuedCertificate> SecureAsync()
    {
        var server = Authority.IssueServer();
        await Bootstrap.LaunchAuthenticatedEndpointAsync(LaunchOf(server));
        return server;
    }

    public static LaunchAuthenticatedEndpointRequest LaunchOf(IssuedCertificate server) => new()
    {
        PemCertificateChain = ByteString.CopyFromUtf8(server.ChainPem),
        PemPrivateKey = ByteString.CopyFromUtf8(server.KeyPem),
    };

    /// <summary>The provider's view of the lifecycle port.</summary>
    public AgentClient Connect(X509Certificate2? client = null) => new(Open(Address, client ?? Client.Certificate, Authority));

    /// <summary>Closed with the instance.</summary>
    public GrpcChannel Open(Uri address, X509Certificate2? client, TestAuthority? servers = null)
    {
        var channel = ProviderChannel.Open(address, client, servers);
        _channels.Add(channel);
        return channel;
    }

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        await StopAgentAsync();
        await Metadata.DisposeAsync();
        Authority.Dispose();
        _folder.Dispose();
    }
}
