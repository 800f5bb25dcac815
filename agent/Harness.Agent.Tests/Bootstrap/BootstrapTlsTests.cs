using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Harness.Agent.Contract.V0;
using Harness.Agent.Tests.Support;

namespace Harness.Agent.Tests.Bootstrap;

/// <summary>Who may speak to AgentBootstrap, by the numbers of the conformance cases.</summary>
public sealed class BootstrapTlsTests : IAsyncLifetime
{
    private InstanceUnderTest _instance = null!;

    public async Task InitializeAsync() => _instance = await InstanceUnderTest.BootAsync();

    public async Task DisposeAsync() => await _instance.DisposeAsync();

    [Fact]
    [Trait("Clause", "B-01")]
    public async Task S01_Plaintext_Refused()
    {
        using var channel = GrpcChannel.ForAddress($"http://{_instance.BootstrapAddress.Authority}");

        await AssertRefusedAsync(channel);
    }

    [Fact]
    [Trait("Clause", "B-02")]
    public Task S02_NoCertificate_Refused() => AssertRefusedAsync(_instance.Open(_instance.BootstrapAddress, client: null));

    [Theory]
    [Trait("Clause", "B-02")]
    [InlineData("another authority")]
    [InlineData("expired")]
    [InlineData("not yet valid")]
    [InlineData("a server's")]
    [InlineData("self-signed")]
    public async Task S03_WrongCertificate_RefusedAndNoHandlerRuns(string wrong)
    {
        using var stranger = new TestAuthority("stranger");
        var client = wrong switch
        {
            "another authority" => stranger.IssueClient().Certificate,
            "expired" => _instance.Authority.IssueClient(TimeSpan.FromDays(-2), TimeSpan.FromDays(-1)).Certificate,
            "not yet valid" => _instance.Authority.IssueClient(TimeSpan.FromDays(1), TimeSpan.FromDays(2)).Certificate,
            "a server's" => _instance.Authority.IssueServer().Certificate,
            _ => stranger.Certificate,
        };

        await AssertRefusedAsync(_instance.Open(_instance.BootstrapAddress, client));
    }

    [Fact]
    public async Task S03_RightCertificate_Accepted()
    {
        await _instance.Bootstrap.GetAgentIdentityAsync(new GetAgentIdentityRequest());

        Assert.Contains("GET latest/dynamic/instance-identity/document", _instance.Metadata.Requests);
    }

    [Fact]
    [Trait("Clause", "B-01")]
    public async Task S01_TheServersCertificate_IsSelfSignedOnP256()
    {
        using var shown = await ShownCertificate.AtAsync(_instance.BootstrapAddress, _instance.Client.Certificate);

        Assert.Equal(shown.Subject, shown.Issuer);
        Assert.Equal("1.2.840.10045.3.1.7", shown.GetECDsaPublicKey()!.ExportParameters(false).Curve.Oid.Value);
    }

    /// <summary>Identity goes through the metadata service: had the handler run, it would have been asked.</summary>
    private async Task AssertRefusedAsync(GrpcChannel channel)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await new AgentBootstrap.AgentBootstrapClient(channel).GetAgentIdentityAsync(new GetAgentIdentityRequest()));

        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
        Assert.DoesNotContain("GET latest/dynamic/instance-identity/document", _instance.Metadata.Requests);
    }
}
