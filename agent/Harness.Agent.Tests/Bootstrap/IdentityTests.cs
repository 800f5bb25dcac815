using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core;
using Harness.Agent.Contract.V0;
using Harness.Agent.Tests.Support;
using Harness.Testing;

namespace Harness.Agent.Tests.Bootstrap;

/// <summary>GetAgentIdentity through the real wire, by the numbers of the conformance cases.</summary>
public sealed class IdentityTests : IAsyncLifetime
{
    private InstanceUnderTest _instance = null!;

    public async Task InitializeAsync() => _instance = await InstanceUnderTest.BootAsync();

    public async Task DisposeAsync() => await _instance.DisposeAsync();

    [Fact]
    [Trait("Clause", "B-04")]
    public async Task S05_Identity_IsWhatTheMetadataServiceGives()
    {
        var identity = await GetAsync();

        Assert.Equal(_instance.Metadata.IdentityDocument, identity.InstanceDocument.ToByteArray());
        Assert.Equal(_instance.Metadata.IdentitySignature, identity.Pkcs7Signature.ToByteArray());
        using var signer = X509Certificate2.CreateFromPem(identity.SigningCertificate.ToStringUtf8());
        Assert.Equal("C=US, S=Washington State, L=Seattle, O=Example Web Services LLC", signer.Subject);
    }

    [SkippableFact]
    [Trait("Clause", "B-04")]
    public async Task S05_Signature_VerifiesWithOpenssl()
    {
        Skip.IfNot(OpenSsl.IsThere, "openssl is not on the PATH: apt-get install openssl");
        var identity = await GetAsync();
        using var folder = new TemporaryFolder();
        var signature = Path.Combine(folder.Path, "rsa2048");
        var certificate = Path.Combine(folder.Path, "certificate");
        await File.WriteAllTextAsync(signature, $"-----BEGIN PKCS7-----\n{identity.Pkcs7Signature.ToStringUtf8()}\n-----END PKCS7-----\n");
        await File.WriteAllBytesAsync(certificate, identity.SigningCertificate.ToByteArray());

        var run = await OpenSsl.RunAsync("smime", "-verify", "-in", signature, "-inform", "PEM", "-certfile", certificate, "-noverify");

        Assert.Equal(_instance.Metadata.IdentityDocument, System.Text.Encoding.UTF8.GetBytes(run.MustSucceed()));
    }

    [Fact]
    [Trait("Clause", "B-05")]
    public async Task S06_Identity_IsThisInstances()
    {
        await using var other = await InstanceUnderTest.BootAsync(instanceId: "i-0fedcba9876543210");

        var identity = (await other.Bootstrap.GetAgentIdentityAsync(new GetAgentIdentityRequest())).Ec2InstanceIdentity;

        Assert.Contains("i-0fedcba9876543210", identity.InstanceDocument.ToStringUtf8(), StringComparison.Ordinal);
        Assert.Contains("i-0123456789abcdef0", (await GetAsync()).InstanceDocument.ToStringUtf8(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Clause", "B-07")]
    public async Task S08_FiveTimes_TheSame()
    {
        var bootstrap = _instance.Bootstrap;
        var first = await bootstrap.GetAgentIdentityAsync(new GetAgentIdentityRequest());
        for (var again = 0; again < 4; again++)
        {
            Assert.Equal(first, await bootstrap.GetAgentIdentityAsync(new GetAgentIdentityRequest()));
        }
    }

    [Theory]
    [Trait("Clause", "B-07")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S08_MetadataServiceDown_UnavailableAndRecovers(bool silent)
    {
        var before = await GetAsync();
        _instance.Metadata.IsSilent = silent;
        _instance.Metadata.Refusal = silent ? null : 503;

        // Its own end comes first: within 5 s on a machine that has time, so not DEADLINE_EXCEEDED here.
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await _instance.Bootstrap.GetAgentIdentityAsync(
            new GetAgentIdentityRequest(), deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1)));

        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
        Assert.Contains("metadata service", refusal.Status.Detail, StringComparison.Ordinal);
        (_instance.Metadata.IsSilent, _instance.Metadata.Refusal) = (false, null);
        Assert.Equal(before, await GetAsync());
    }

    [Fact]
    [Trait("Clause", "B-06")]
    public async Task S07_OnlyVersion2_AndTokensAreRenewed()
    {
        await GetAsync();
        var tokens = _instance.Metadata.Tokens;

        _instance.Metadata.ForgetTokens();
        await GetAsync();

        Assert.True(_instance.Metadata.Tokens > tokens);
    }

    [Fact]
    public async Task Identity_SignerIsNotKnown_CertificateIsEmpty()
    {
        await using var instance = await InstanceUnderTest.BootAsync();
        await instance.StopAgentAsync();
        await File.WriteAllTextAsync(instance.CertificatesFile, instance.Authority.Pem);
        await instance.StartAgentAsync();

        var identity = (await instance.Bootstrap.GetAgentIdentityAsync(new GetAgentIdentityRequest())).Ec2InstanceIdentity;

        Assert.Equal(ByteString.Empty, identity.SigningCertificate);
        Assert.NotEqual(ByteString.Empty, identity.Pkcs7Signature);
    }

    private async Task<EC2InstanceIdentity> GetAsync() =>
        (await _instance.Bootstrap.GetAgentIdentityAsync(new GetAgentIdentityRequest())).Ec2InstanceIdentity;
}
