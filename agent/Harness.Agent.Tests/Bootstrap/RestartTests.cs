using Grpc.Core;
using Harness.Agent.Tests.Support;
using Harness.Testing;

namespace Harness.Agent.Tests.Bootstrap;

/// <summary>What an agent serves after its start: by its user data, and by what an earlier run of it keeps on disk.</summary>
public sealed class RestartTests
{
    [Theory]
    [Trait("Clause", "B-11")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task S12_Restart_ServesMutualTlsAgainWithoutBootstrap(bool metadataServiceIsDown)
    {
        await using var instance = await InstanceUnderTest.BootAsync();
        var server = await instance.SecureAsync();
        await instance.StopAgentAsync();
        instance.Metadata.Refusal = metadataServiceIsDown ? 503 : null;

        await instance.StartAgentAsync();

        Assert.Empty(instance.Server.BootstrapAddresses);
        await instance.Connect().CheckAsync();
        using var shown = await ShownCertificate.AtAsync(instance.Address, instance.Client.Certificate);
        Assert.Equal(server.Certificate.RawData, shown.RawData);
    }

    [Fact]
    public async Task Restart_OnACopyOfTheDisk_BootstrapsAnew()
    {
        await using var instance = await InstanceUnderTest.BootAsync();
        await instance.SecureAsync();
        await instance.StopAgentAsync();
        instance.Metadata.Put("latest/meta-data/instance-id", "i-0another000000000");

        await instance.StartAgentAsync();

        Assert.Empty(instance.Server.Addresses);
        Assert.NotEmpty(instance.Server.BootstrapAddresses);
        Assert.False(File.Exists(Path.Combine(instance.StateDirectory, "credentials.json")));
    }

    [Fact]
    public async Task Restart_StoredCertificateIsDamaged_BootstrapsAnew()
    {
        await using var instance = await InstanceUnderTest.BootAsync();
        await instance.SecureAsync();
        await instance.StopAgentAsync();
        var file = Path.Combine(instance.StateDirectory, "credentials.json");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("BEGIN CERTIFICATE", "BEGIN NOTHING", StringComparison.Ordinal));

        await instance.StartAgentAsync();

        Assert.NotEmpty(instance.Server.BootstrapAddresses);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("{\"bootstrap-agent-ca-cert\":\"\"}")]
    [InlineData("e30=")]
    public async Task Start_NoAuthorityInTheUserData_Plaintext(string? userData)
    {
        await using var instance = await InstanceUnderTest.BootAsync(metadata => Put(metadata, userData));

        Assert.Empty(instance.Server.BootstrapAddresses);
        Assert.Equal("http", instance.Address.Scheme);
        using var channel = Grpc.Net.Client.GrpcChannel.ForAddress(instance.Address);
        await new AgentClient(channel).CheckAsync();
    }

    [Theory]
    [InlineData("#!/bin/sh\necho hello", "neither a JSON object")]
    [InlineData("[]", "neither a JSON object")]
    [InlineData("{\"bootstrap-agent-ca-cert\":7}", "no string")]
    [InlineData("{\"bootstrap-agent-ca-cert\":\"hello\"}", "no PEM certificate")]
    public async Task Start_UserDataThatCannotBeRead_RefusedAndNeverPlaintext(string userData, string problem)
    {
        var refusal = await Assert.ThrowsAsync<AgentStartException>(
            async () => await InstanceUnderTest.BootAsync(metadata => Put(metadata, userData)));

        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("i-0123456789abcdef0", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AuthorityThatIsNone_Refused()
    {
        using var authority = new TestAuthority();
        var leaf = authority.IssueServer().Certificate.ExportCertificatePem().ReplaceLineEndings("\\n");

        var refusal = await Assert.ThrowsAsync<AgentStartException>(
            async () => await InstanceUnderTest.BootAsync(metadata => Put(metadata, $"{{\"bootstrap-agent-ca-cert\":\"{leaf}\"}}")));

        Assert.Contains("no authority's", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_MetadataServiceIsSwitchedOff_RefusedAtOnce()
    {
        var refusal = await Assert.ThrowsAsync<AgentStartException>(
            async () => await InstanceUnderTest.BootAsync(metadata => metadata.Refusal = 403));

        Assert.Contains("switched off", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_MetadataServiceComesLate_Waits()
    {
        var instance = InstanceUnderTest.BootAsync(metadata =>
        {
            metadata.Refusal = 503;
            _ = AnswerLaterAsync(metadata);
        });

        await using var started = await instance;

        Assert.NotEmpty(started.Server.BootstrapAddresses);
    }

    [Fact]
    public async Task Listen_HasNoBootstrapAndNoNotices()
    {
        await using var agent = await AgentUnderTest.StartAsync();

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await new Contract.V1.CertificateRotation.CertificateRotationClient(agent.Channel)
            .RotateCertificateAsync(new Contract.V1.RotateCertificateRequest()));
        using var notices = new Contract.V1.NodeNotices.NodeNoticesClient(agent.Channel).WatchNotices(new Contract.V1.WatchNoticesRequest());
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await notices.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal((StatusCode.FailedPrecondition, StatusCode.Unimplemented), (refusal.StatusCode, unknown.StatusCode));
    }

    private static async Task AnswerLaterAsync(FakeInstanceMetadata metadata)
    {
        // More requests than one try of the client makes.
        await Eventually.TrueAsync(() => metadata.Requests.Count > 5, "the agent gave up asking");
        metadata.Refusal = null;
    }

    private static void Put(FakeInstanceMetadata metadata, string? userData)
    {
        metadata.Remove("latest/user-data");
        if (userData is not null)
        {
            metadata.Put("latest/user-data", userData);
        }
    }
}
