using Google.Protobuf;
using Grpc.Net.Client;
using Harness.Agent.Contract.V0;
using Harness.Agent.Tests.Support;
using Harness.Testing;

namespace Harness.Agent.Tests.Programs;

/// <summary>
/// An instance from its boot to a running pod, without a provider: the program, a metadata service, and in the provider's place a grpcio client that no one
/// here wrote.
/// </summary>
public sealed class InstanceTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private FakeInstanceMetadata _metadata = null!;
    private IssuedCertificate _client = null!;
    private IssuedCertificate _server = null!;

    public async Task InitializeAsync()
    {
        _metadata = await FakeInstanceMetadata.StartAsync();
        _metadata.Put("latest/user-data", FakeInstanceMetadata.UserDataFor(_authority));
        (_client, _server) = (_authority.IssueClient(), _authority.IssueServer());
        await WriteAsync("ca.pem", _authority.Pem);
        await WriteAsync("client.pem", _client.ChainPem);
        await WriteAsync("client.key", _client.KeyPem);
        await WriteAsync("server.pem", _server.ChainPem);
        await WriteAsync("server.key", _server.KeyPem);
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "pod.pb"), TestPod.Script("boot", "echo up; exit 0", "Never").ToByteArray());
    }

    public async Task DisposeAsync()
    {
        await _metadata.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    [SkippableFact]
    public async Task Boot_Bootstrap_Launch_KilledAndStarted_ServesAgain()
    {
        var missing = await ProgramRun.OfAsync(Path.Combine(CheckoutFolder.Root, "scripts", "setup-peers"), ["python"]);
        Skip.If(missing.ExitCode != 0, $"No gRPC for Python here. {missing.Errors}");
        await using var instance = Start();

        var identity = await RunAsync("bootstrap", await instance.WaitForAddressAsync("Serving AgentBootstrap"));
        var launched = await RunAsync("launch", await instance.WaitForAddressAsync("Serving with mutual TLS"));
        await instance.SignalAsync("KILL");
        await using var next = Start();
        var after = await RunAsync("check", await next.WaitForAddressAsync("Serving with mutual TLS"));

        Assert.Contains(_metadata.InstanceId, identity, StringComparison.Ordinal);
        Assert.EndsWith("bootstrapped\n", identity, StringComparison.Ordinal);
        Assert.Equal("serving\nSucceeded\n", launched);
        Assert.Equal("Succeeded\n", after);
        Assert.Equal(0, await next.SignalAsync("TERM"));
    }

    [Fact]
    [Trait("Clause", "R-06")]
    public async Task R11_Connections_LeaveNothingBehind()
    {
        await using var instance = Start();
        using (var channel = ProviderChannel.Open(new($"https://{await instance.WaitForAddressAsync("Serving AgentBootstrap")}"), _client.Certificate))
        {
            await new AgentBootstrap.AgentBootstrapClient(channel).LaunchAuthenticatedEndpointAsync(InstanceUnderTest.LaunchOf(_server));
        }

        var address = new Uri($"https://{await instance.WaitForAddressAsync("Serving with mutual TLS")}");
        await instance.WaitForLineAsync("AgentBootstrap is closed");
        var before = instance.Descriptors;
        var idle = new List<GrpcChannel>();
        foreach (var _ in Enumerable.Range(0, 200))
        {
            idle.Add(ProviderChannel.Open(address, _client.Certificate, _authority));
            await new AgentClient(idle[^1]).CheckAsync();
        }

        Assert.True(instance.Descriptors >= 200);
        await ConnectAsync(address, 1000);
        idle.ForEach(channel => channel.Dispose());

        // The first connection loads a few things that stay.
        await Eventually.TrueAsync(() => instance.Descriptors <= before + 10, $"of {before} descriptors there are {instance.Descriptors} now");
    }

    [Fact]
    public async Task Sigterm_WhileItWaitsForItsBootstrap_Ends0()
    {
        await using var instance = Start();
        await instance.WaitForAddressAsync("Serving AgentBootstrap");

        Assert.Equal(0, await instance.SignalAsync("TERM"));
    }

    [Fact]
    public async Task Sigterm_WhileItWaitsForTheMetadataService_Ends0()
    {
        _metadata.Refusal = 503;
        await using var instance = Start();
        await Eventually.TrueAsync(() => _metadata.Requests.Count > 0, "the agent does not ask the metadata service");

        Assert.Equal(0, await instance.SignalAsync("TERM"));
    }

    [Theory]
    [InlineData(2, "exclude each other", "--listen", "127.0.0.1:0", "--bootstrap")]
    [InlineData(2, "give --listen")]
    [InlineData(2, "--imds", "--bootstrap", "--imds", "ftp://x")]
    [InlineData(2, "--address", "--bootstrap", "--address", "localhost")]
    [InlineData(2, "--port", "--bootstrap", "--port", "65536")]
    public async Task Run_BadUse_OneLineAndExit2(int exitCode, string said, params string[] arguments)
    {
        var run = await AgentProcess.RunAsync(["run", "--state-dir", Path.Combine(_folder.Path, "state"), .. arguments]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(said, Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CertificatesThatAreNotThere_OneLineAndExit3()
    {
        var run = await AgentProcess.RunAsync(
            "run", "--bootstrap", "--state-dir", Path.Combine(_folder.Path, "state"), "--imds", _metadata.Endpoint.ToString(),
            "--address", "127.0.0.1", "--bootstrap-port", "0", "--identity-certificates", Path.Combine(_folder.Path, "none.pem"));

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("none.pem", run.Errors, StringComparison.Ordinal);
    }

    private async Task ConnectAsync(Uri address, int count)
    {
        foreach (var batch in Enumerable.Range(0, count).Chunk(20))
        {
            await Task.WhenAll(batch.Select(async _ =>
            {
                using var channel = ProviderChannel.Open(address, _client.Certificate, _authority);
                await new AgentClient(channel).CheckAsync();
            }));
        }
    }

    private InstanceProcess Start() => InstanceProcess.Start(_metadata, Path.Combine(_folder.Path, "state"));

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder.Path, name), text);

    private async Task<string> RunAsync(string verb, string address)
    {
        var script = Path.Combine(CheckoutFolder.Root, "agent", "Harness.Agent.Tests", "peers", "provider.py");
        var environment = new Dictionary<string, string> { ["PYTHONDONTWRITEBYTECODE"] = "1", ["NO_PROXY"] = "*" };
        return (await ProgramRun.OfAsync("/usr/bin/python3", [script, verb, address, _folder.Path], environment)).MustSucceed();
    }
}
