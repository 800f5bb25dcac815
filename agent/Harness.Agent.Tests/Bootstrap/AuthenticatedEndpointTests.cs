using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using Harness.Agent.Contract.V0;
using Harness.Agent.Tests.Support;
using Harness.Testing;

namespace Harness.Agent.Tests.Bootstrap;

/// <summary>LaunchAuthenticatedEndpoint through the real wire, by the numbers of the conformance cases.</summary>
public sealed class AuthenticatedEndpointTests : IAsyncLifetime
{
    private InstanceUnderTest _instance = null!;

    public async Task InitializeAsync() => _instance = await InstanceUnderTest.BootAsync();

    public async Task DisposeAsync() => await _instance.DisposeAsync();

    [Fact]
    [Trait("Clause", "B-08")]
    public async Task S09_Ok_TheLifecyclePortServesTheGivenChain()
    {
        var server = await _instance.SecureAsync();

        var client = _instance.Connect();
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await client.Health.CheckAsync(new HealthCheckRequest())).Status);
        Assert.Equal("Pending", (await client.CheckAsync()).Phase);
        using var shown = await ShownCertificate.AtAsync(_instance.Address, _instance.Client.Certificate);
        Assert.Equal(server.Certificate.RawData, shown.RawData);
    }

    [Fact]
    public async Task S09_SecuredPort_RunsAPod()
    {
        await _instance.SecureAsync();
        var client = _instance.Connect();

        await client.LaunchAsync(TestPod.Script("secured", "echo up; exit 3", "Never"));

        Assert.Equal(3, (await client.WaitForPhaseAsync("Failed")).ContainerStatuses[0].State.Terminated.ExitCode);
    }

    [Fact]
    [Trait("Clause", "B-08")]
    public async Task S10_AfterOk_BootstrapIsGone()
    {
        var address = _instance.BootstrapAddress;

        await _instance.SecureAsync();

        await Eventually.TrueAsync(() => IsRefusedAsync(address), "the bootstrap port still accepts connections");
        Assert.Empty(_instance.Server.BootstrapAddresses);
    }

    [Fact]
    [Trait("Clause", "B-09")]
    public async Task S11_TenAtOnce_OneOk()
    {
        // Each on a connection of its own that is open already, so that all arrive before the port is gone.
        var clients = Enumerable.Range(0, 10).Select(_ => _instance.Bootstrap).ToList();
        await Task.WhenAll(clients.Select(client => client.GetAgentIdentityAsync(new GetAgentIdentityRequest()).ResponseAsync));
        var servers = clients.Select(_ => _instance.Authority.IssueServer()).ToList();

        var codes = await Task.WhenAll(clients.Zip(servers, LaunchAsync));

        Assert.Single(codes, StatusCode.OK);
        Assert.All(codes, code => Assert.Contains(
            code, new[] { StatusCode.OK, StatusCode.FailedPrecondition, StatusCode.Aborted, StatusCode.Unavailable }));
        using var shown = await ShownCertificate.AtAsync(_instance.Address, _instance.Client.Certificate);
        Assert.Equal(servers[Array.IndexOf(codes, StatusCode.OK)].Certificate.RawData, shown.RawData);
    }

    [Theory]
    [Trait("Clause", "B-10")]
    [InlineData("nothing")]
    [InlineData("no PEM chain")]
    [InlineData("damaged chain")]
    [InlineData("no key")]
    [InlineData("damaged key")]
    [InlineData("certificate as key")]
    [InlineData("encrypted key")]
    [InlineData("another's key")]
    [InlineData("expired")]
    [InlineData("not yet valid")]
    [InlineData("authority first")]
    public async Task S12_BadCertificate_InvalidArgumentAndStillUsable(string bad)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await _instance.Bootstrap.LaunchAuthenticatedEndpointAsync(Bad(bad)));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Empty(_instance.Server.Addresses);
        Assert.DoesNotContain("credentials.json", Directory.GetFiles(_instance.StateDirectory).Select(Path.GetFileName));
        await _instance.SecureAsync();
        await _instance.Connect().CheckAsync();
    }

    [Fact]
    public async Task S12_LifecyclePortTaken_UnavailableAndStillUsable()
    {
        var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var instance = await InstanceUnderTest.BootAsync(port: ((IPEndPoint)taken.LocalEndpoint).Port);

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await instance.SecureAsync());

        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
        Assert.DoesNotContain("credentials.json", Directory.GetFiles(instance.StateDirectory).Select(Path.GetFileName));
        taken.Stop();
        await instance.SecureAsync();
        await instance.Connect().CheckAsync();
    }

    [Theory]
    [InlineData("ec, SEC1")]
    [InlineData("rsa, PKCS#8")]
    [InlineData("rsa, PKCS#1")]
    public async Task S09_OtherKeys_Served(string kind)
    {
        var server = _instance.Authority.IssueServerWith(kind);

        await _instance.Bootstrap.LaunchAuthenticatedEndpointAsync(InstanceUnderTest.LaunchOf(server));

        await _instance.Connect().CheckAsync();
    }

    private LaunchAuthenticatedEndpointRequest Bad(string bad)
    {
        var good = _instance.Authority.IssueServer();
        return bad switch
        {
            "nothing" => new LaunchAuthenticatedEndpointRequest(),
            "no PEM chain" => Launch("hello", good.KeyPem),
            "damaged chain" => Launch(good.ChainPem.Replace("MII", "AAA", StringComparison.Ordinal), good.KeyPem),
            "no key" => Launch(good.ChainPem, ""),
            "damaged key" => Launch(good.ChainPem, good.KeyPem.Replace("MI", "AA", StringComparison.Ordinal)),
            "certificate as key" => Launch(good.ChainPem, good.ChainPem),
            "encrypted key" => Launch(good.ChainPem, good.KeyPem.Replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY", StringComparison.Ordinal)),
            "another's key" => Launch(good.ChainPem, _instance.Authority.IssueServer().KeyPem),
            "expired" => InstanceUnderTest.LaunchOf(_instance.Authority.IssueServer(TimeSpan.FromDays(-2), TimeSpan.FromDays(-1))),
            "not yet valid" => InstanceUnderTest.LaunchOf(_instance.Authority.IssueServer(TimeSpan.FromDays(1), TimeSpan.FromDays(2))),
            _ => Launch(_instance.Authority.Pem + good.ChainPem, good.KeyPem),
        };
    }

    private static LaunchAuthenticatedEndpointRequest Launch(string chain, string key) =>
        new() { PemCertificateChain = ByteString.CopyFromUtf8(chain), PemPrivateKey = ByteString.CopyFromUtf8(key) };

    private static async Task<StatusCode> LaunchAsync(AgentBootstrap.AgentBootstrapClient client, IssuedCertificate server)
    {
        try
        {
            await client.LaunchAuthenticatedEndpointAsync(InstanceUnderTest.LaunchOf(server));
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }

    private static async Task<bool> IsRefusedAsync(Uri address)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(address.Host), address.Port);
            return false;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return true;
        }
    }
}
