using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Harness.Agent.Contract.V0;
using Harness.Agent.Tests.Support;
using Harness.Testing;

namespace Harness.Agent.Tests.Bootstrap;

/// <summary>Who may speak to a secured lifecycle port, and what it says of its keys, by the numbers of the conformance cases.</summary>
public sealed class SecuredPortTests : IAsyncLifetime
{
    private InstanceUnderTest _instance = null!;

    public async Task InitializeAsync()
    {
        _instance = await InstanceUnderTest.BootAsync();
        await _instance.SecureAsync();
    }

    public async Task DisposeAsync() => await _instance.DisposeAsync();

    [Theory]
    [Trait("Clause", "K-01")]
    [InlineData("plaintext")]
    [InlineData("no certificate")]
    [InlineData("another authority")]
    [InlineData("expired")]
    public async Task S13_WrongCaller_RefusedByLifecycleAndHealth(string wrong)
    {
        using var stranger = new TestAuthority("stranger");
        using var channel = wrong switch
        {
            "plaintext" => GrpcChannel.ForAddress($"http://{_instance.Address.Authority}"),
            "no certificate" => _instance.Open(_instance.Address, client: null),
            "another authority" => _instance.Open(_instance.Address, stranger.IssueClient().Certificate),
            _ => _instance.Open(_instance.Address, _instance.Authority.IssueClient(TimeSpan.FromDays(-2), TimeSpan.FromDays(-1)).Certificate),
        };
        var client = new AgentClient(channel);

        var lifecycle = await Assert.ThrowsAsync<RpcException>(client.CheckAsync);
        var health = await Assert.ThrowsAsync<RpcException>(async () => await client.Health.CheckAsync(new HealthCheckRequest()));

        Assert.Equal((StatusCode.Unavailable, StatusCode.Unavailable), (lifecycle.StatusCode, health.StatusCode));
    }

    [SkippableTheory]
    [Trait("Clause", "B-03")]
    [Trait("Clause", "W-01")]
    [InlineData("-tls1_2", "h2", true)]
    [InlineData("-tls1_3", "h2", true)]
    [InlineData("-tls1_1", "h2", false)]
    [InlineData("-tls1", "h2", false)]
    [InlineData("-tls1_3", "http/1.1", false)]
    public async Task S04_Tls12OrNewerAndAlpnH2(string version, string protocol, bool accepted)
    {
        Skip.IfNot(OpenSsl.IsThere, "openssl is not on the PATH: apt-get install openssl");
        await using var waiting = await InstanceUnderTest.BootAsync();
        foreach (var (address, client) in new[] { (_instance.Address, _instance.Client), (waiting.BootstrapAddress, waiting.Client) })
        {
            var output = await HandshakeAsync(address, client, version, protocol);

            Assert.Equal(accepted, output.Contains("ALPN protocol: h2", StringComparison.Ordinal));
        }
    }

    [Fact]
    [Trait("Clause", "B-11")]
    [Trait("Clause", "K-02")]
    public async Task S12_S14_CredentialFile_IsForTheAgentsUserAlone()
    {
        var file = Path.Combine(_instance.StateDirectory, "credentials.json");
        var client = _instance.Connect();
        await client.LaunchAsync(TestPod.Script("files", "exit 0", "Never"));
        await client.WaitForPhaseAsync("Succeeded");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        foreach (var path in Directory.EnumerateFiles(_instance.StateDirectory, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != "lock"))
        {
            var isOpen = (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0;
            Assert.False(isOpen && HoldsKey(path), path);
        }
    }

    [Fact]
    [Trait("Clause", "K-02")]
    public async Task S14_Keys_AreInNoLogAndNoError()
    {
        await using var instance = await InstanceUnderTest.BootAsync();
        var bad = instance.Authority.IssueServer();
        var request = InstanceUnderTest.LaunchOf(bad);
        request.PemCertificateChain = Google.Protobuf.ByteString.CopyFromUtf8(instance.Authority.Pem);
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await instance.Bootstrap.LaunchAuthenticatedEndpointAsync(request));
        var good = await instance.SecureAsync();
        await instance.Connect().CheckAsync();
        await instance.StopAgentAsync();
        await instance.StartAgentAsync();
        await instance.Connect().CheckAsync();

        var said = instance.Logs.Text + refusal + string.Join(' ', refusal.Trailers.Select(entry => entry.ToString()));

        Assert.Contains("Serving with mutual TLS", said, StringComparison.Ordinal);
        foreach (var line in (bad.KeyPem + good.KeyPem).Split('\n').Where(line => line.Length > 20 && !line.StartsWith('-')))
        {
            Assert.DoesNotContain(line, said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task R04_E14_Drain_NotServingOnceThenStreamsEnd()
    {
        await using var instance = await InstanceUnderTest.BootAsync();
        await instance.SecureAsync();
        var client = instance.Connect();
        using var health = client.Health.Watch(new HealthCheckRequest());
        using var watch = client.Lifecycle.WatchApplicationHealth(new ApplicationHealthRequest());
        Assert.True(await health.ResponseStream.MoveNext(CancellationToken.None));
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));

        var stopping = instance.Server.StopAsync(CancellationToken.None);

        Assert.True(await health.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, health.ResponseStream.Current.Status);
        var ends = await Task.WhenAll(EndAsync(health.ResponseStream), EndAsync(watch.ResponseStream));
        Assert.Equal([StatusCode.Unavailable, StatusCode.Unavailable], ends);
        await stopping;
    }

    private static async Task<StatusCode> EndAsync<T>(IAsyncStreamReader<T> stream)
    {
        try
        {
            while (await stream.MoveNext(CancellationToken.None))
            {
            }

            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }

    private static bool HoldsKey(string path) => File.ReadAllText(path).Contains("PRIVATE KEY", StringComparison.Ordinal);

    private static async Task<string> HandshakeAsync(Uri address, IssuedCertificate client, string version, string protocol)
    {
        using var folder = new TemporaryFolder();
        var certificate = Path.Combine(folder.Path, "client.pem");
        var key = Path.Combine(folder.Path, "client.key");
        await File.WriteAllTextAsync(certificate, client.ChainPem);
        await File.WriteAllTextAsync(key, client.KeyPem);
        // SECLEVEL=0: this client itself is willing to speak the old versions.
        var run = await OpenSsl.RunAsync(
            "s_client", "-connect", address.Authority, "-cert", certificate, "-key", key, version, "-alpn", protocol, "-cipher", "DEFAULT@SECLEVEL=0");
        return run.Output;
    }
}
