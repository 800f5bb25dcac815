using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Harness.Provider.Configuration;
using Harness.Provider.KubeletApi;
using Harness.Testing;

namespace Harness.Provider.Tests.KubeletApi;

public sealed class ClientGateTests : IDisposable
{
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";

    private readonly ManualTimeProvider _clock = new();
    private readonly X509Certificate2 _authority;
    private readonly X509Certificate2 _otherAuthority;
    private readonly ClientGate _gate;

    public ClientGateTests()
    {
        _authority = Authority();
        _otherAuthority = Authority();
        _gate = new ClientGate(() => [_authority], new KubeletConfiguration(), _clock);
    }

    [Theory]
    [InlineData("CN=kube-apiserver-kubelet-client, O=system:masters", 200)]
    [InlineData("CN=kube-apiserver-kubelet-client", 200)]
    [InlineData("CN=admin, O=system:masters", 200)]
    [InlineData("CN=developer, O=dev", 403)]
    [InlineData("CN=system:masters", 403)]
    public void Judge_CertificateOfTheCluster_ByNameAndGroup(string subject, int expected)
    {
        using var client = Client(subject, ClientUse, _authority);
        Assert.Equal(expected, _gate.Judge(client).Status);
    }

    [Fact]
    public void Judge_NoCertificate_IsUnauthorized() => Assert.Equal(401, _gate.Judge(null).Status);

    [Fact]
    public void Judge_AnotherAuthority_IsUnauthorized()
    {
        using var client = Client("CN=kube-apiserver-kubelet-client", ClientUse, _otherAuthority);
        Assert.Equal(401, _gate.Judge(client).Status);
    }

    [Fact]
    public void Judge_ServingCertificate_IsUnauthorized()
    {
        using var client = Client("CN=kube-apiserver-kubelet-client", ServerUse, _authority);
        Assert.Equal(401, _gate.Judge(client).Status);
    }

    [Fact]
    public void Judge_Expired_IsUnauthorized()
    {
        using var client = Client("CN=kube-apiserver-kubelet-client", ClientUse, _authority);
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(401, _gate.Judge(client).Status);
    }

    [Fact]
    public void Judge_AuthorityNotKnownYet_IsUnauthorized()
    {
        using var client = Client("CN=kube-apiserver-kubelet-client", ClientUse, _authority);
        Assert.Equal(401, new ClientGate(() => [], new KubeletConfiguration(), _clock).Judge(client).Status);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _otherAuthority.Dispose();
    }

    private X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(_clock.GetUtcNow().AddDays(-1), _clock.GetUtcNow().AddDays(30));
    }

    private X509Certificate2 Client(string subject, string use, X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        return request.Create(authority, _clock.GetUtcNow().AddHours(-1), _clock.GetUtcNow().AddDays(1), [1, 2, 3, 4]);
    }
}
