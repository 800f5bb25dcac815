using Google.Protobuf;
using Grpc.Core;
using Harness.Agent.Contract.V1;
using Harness.Agent.Tests.Support;
using System.Security.Cryptography;

namespace Harness.Agent.Tests.Bootstrap;

/// <summary>vkvmagent.v1.CertificateRotation through the real wire (clauses C-01 to C-03 of CONTRACT.md, K-02).</summary>
public sealed class RotationTests : IAsyncLifetime
{
    private InstanceUnderTest _instance = null!;
    private CertificateRotation.CertificateRotationClient _rotation = null!;

    public async Task InitializeAsync()
    {
        _instance = await InstanceUnderTest.BootAsync();
        await _instance.SecureAsync();
        _rotation = new(_instance.Open(_instance.Address, _instance.Client.Certificate));
    }

    public async Task DisposeAsync() => await _instance.DisposeAsync();

    [Fact]
    [Trait("Clause", "C-01")]
    public async Task Rotate_NewConnectionsAndRestartsUseTheNewOne_OpenConnectionsStay()
    {
        var client = _instance.Connect();
        await client.CheckAsync();
        var next = _instance.Authority.IssueServer();

        var response = await _rotation.RotateCertificateAsync(Request(next));

        Assert.True(response.Changed);
        Assert.Equal(SHA256.HashData(next.Certificate.RawData), response.LeafSha256.ToByteArray());
        Assert.Equal(next.Certificate.NotAfter.ToUniversalTime(), response.NotAfter.ToDateTime());
        await AssertShownAsync(next);
        await client.CheckAsync();
        await _instance.StopAgentAsync();
        await _instance.StartAgentAsync();
        await AssertShownAsync(next);
    }

    [Fact]
    [Trait("Clause", "C-03")]
    public async Task Rotate_TheSameAgain_OkAndUnchanged()
    {
        var next = _instance.Authority.IssueServer();
        await _rotation.RotateCertificateAsync(Request(next));

        var again = await _rotation.RotateCertificateAsync(Request(next));

        Assert.False(again.Changed);
        await AssertShownAsync(next);
    }

    [Theory]
    [Trait("Clause", "C-02")]
    [InlineData("nothing")]
    [InlineData("another's key")]
    [InlineData("expired")]
    [InlineData("authority that is none")]
    [InlineData("authority of strangers alone")]
    public async Task Rotate_Invalid_RefusedAndTheOldOneStays(string bad)
    {
        var before = _instance.Authority.IssueServer();
        await _rotation.RotateCertificateAsync(Request(before));
        using var stranger = new TestAuthority("stranger");
        var good = _instance.Authority.IssueServer();
        var request = bad switch
        {
            "nothing" => new RotateCertificateRequest(),
            "another's key" => Request(good with { KeyPem = before.KeyPem }),
            "expired" => Request(_instance.Authority.IssueServer(TimeSpan.FromDays(-2), TimeSpan.FromDays(-1))),
            "authority that is none" => Request(good, good.Certificate.ExportCertificatePem()),
            _ => Request(good, stranger.Pem),
        };

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await _rotation.RotateCertificateAsync(request));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.DoesNotContain(good.KeyPem.Split('\n')[1], refusal.ToString(), StringComparison.Ordinal);
        await AssertShownAsync(before);
        await _instance.StopAgentAsync();
        await _instance.StartAgentAsync();
        await AssertShownAsync(before);
    }

    [Fact]
    public async Task Rotate_Authorities_OldAndNewThenTheNewAlone()
    {
        using var successor = new TestAuthority("successor");
        var newcomer = successor.IssueClient().Certificate;
        var server = successor.IssueServer();

        await _rotation.RotateCertificateAsync(Request(server, _instance.Authority.Pem + successor.Pem));
        var client = new CertificateRotation.CertificateRotationClient(_instance.Open(_instance.Address, newcomer, successor));
        await new AgentClient(_instance.Open(_instance.Address, _instance.Client.Certificate)).CheckAsync();
        await client.RotateCertificateAsync(Request(server, successor.Pem));

        await new AgentClient(_instance.Open(_instance.Address, newcomer, successor)).CheckAsync();
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await new AgentClient(_instance.Open(_instance.Address, _instance.Client.Certificate)).CheckAsync());
        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
    }

    [Fact]
    [Trait("Clause", "C-02")]
    public async Task Rotate_CannotBeWritten_ResourceExhaustedAndTheOldOneStays()
    {
        var before = _instance.Authority.IssueServer();
        await _rotation.RotateCertificateAsync(Request(before));
        // In the way of the file that is written first; root may write anywhere, but not over a folder.
        Directory.CreateDirectory(Path.Combine(_instance.StateDirectory, "credentials.json.new", "x"));

        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await _rotation.RotateCertificateAsync(Request(_instance.Authority.IssueServer())));

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
        await AssertShownAsync(before);
    }

    [Fact]
    public async Task Rotate_TenAtOnce_TheLastOneAnsweredStands()
    {
        var servers = Enumerable.Range(0, 10).Select(_ => _instance.Authority.IssueServer()).ToList();

        await Task.WhenAll(servers.Select(server => _rotation.RotateCertificateAsync(Request(server)).ResponseAsync));

        using var shown = await ShownCertificate.AtAsync(_instance.Address, _instance.Client.Certificate);
        Assert.Contains(servers, server => server.Certificate.RawData.AsSpan().SequenceEqual(shown.RawData));
        await _instance.StopAgentAsync();
        await _instance.StartAgentAsync();
        using var again = await ShownCertificate.AtAsync(_instance.Address, _instance.Client.Certificate);
        Assert.Equal(shown.RawData, again.RawData);
    }

    private async Task AssertShownAsync(IssuedCertificate expected)
    {
        using var shown = await ShownCertificate.AtAsync(_instance.Address, _instance.Client.Certificate);
        Assert.Equal(expected.Certificate.RawData, shown.RawData);
    }

    private static RotateCertificateRequest Request(IssuedCertificate server, string authorities = "") => new()
    {
        PemCertificateChain = ByteString.CopyFromUtf8(server.ChainPem),
        PemPrivateKey = ByteString.CopyFromUtf8(server.KeyPem),
        PemClientCaCertificates = ByteString.CopyFromUtf8(authorities),
    };
}
