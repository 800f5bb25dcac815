using System.Net;
using System.Security.Cryptography.X509Certificates;
using Harness.Kubernetes.Access;
using Harness.Kubernetes.Resources;
using Harness.Kubernetes.Tests.Server;
using Harness.Testing;

namespace Harness.Kubernetes.Tests;

public sealed class KubernetesClientTrustTests
{
    private const string Node = """{"kind":"Node","apiVersion":"v1","metadata":{"name":"n"}}""";

    [Fact]
    public async Task Get_ClientCertificate_IsShown()
    {
        await using var server = await ApiTestServer.StartAsync();
        server.AnswerJson(Node);
        using var identity = server.Certificates.Issue("kubernetes-admin");

        await GetAsync(new ClusterAccess
        {
            Server = server.Url,
            CertificateAuthorities = new X509Certificate2Collection(server.Certificates.Authority),
            ClientCertificate = identity,
        });

        Assert.Equal("kubernetes-admin", Assert.Single(server.Requests).ClientName);
    }

    [Fact]
    public async Task Get_OtherAuthority_IsRefused()
    {
        await using var server = await ApiTestServer.StartAsync();
        using var others = TestCertificates.Make();
        var access = new ClusterAccess { Server = server.Url, CertificateAuthorities = new X509Certificate2Collection(others.Authority) };

        var exception = await Assert.ThrowsAsync<KubernetesApiException>(() => GetAsync(access));

        Assert.Null(exception.StatusCode);
        Assert.Contains("no answer from", exception.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("kubernetes.default", false, true)]
    [InlineData("someone.else", false, false)]
    [InlineData(null, false, false)]
    [InlineData(null, true, true)]
    public async Task Get_CertificateForAnotherName_NeedsTheNameOrNoCheck(string? name, bool skip, bool isTrusted)
    {
        await using var server = await ApiTestServer.StartAsync("kubernetes.default");
        server.AnswerJson(Node);
        var access = new ClusterAccess
        {
            Server = server.Url,
            CertificateAuthorities = new X509Certificate2Collection(server.Certificates.Authority),
            TlsServerName = name,
            SkipTlsVerify = skip,
        };

        if (isTrusted)
        {
            await GetAsync(access);
        }
        else
        {
            await Assert.ThrowsAsync<KubernetesApiException>(() => GetAsync(access));
        }
    }

    [Fact]
    public async Task Get_TokenFileThatWasRenewed_IsReadAgainAfter401()
    {
        await using var server = await ApiTestServer.StartAsync();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "old\n");
        server.Answer(async context =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
            await File.WriteAllTextAsync(file, "new\n");
        }).AnswerJson(Node);

        await GetAsync(server.Access(BearerToken.FromFile(file)));
        File.Delete(file);

        Assert.Equal(["Bearer old", "Bearer new"], server.Requests.Select(request => request.Headers["Authorization"]));
    }

    [Fact]
    public void Read_TokenFile_IsReadAgainAfterAMinute()
    {
        var clock = new ManualTimeProvider();
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "one");
        var token = BearerToken.FromFile(file);

        var first = token.Read(clock);
        File.WriteAllText(file, "two");
        var second = token.Read(clock);
        clock.Advance(TimeSpan.FromMinutes(1));
        var third = token.Read(clock);
        File.Delete(file);
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(("one", "one", "two", "two"), (first, second, third, token.Read(clock)));
    }

    private static async Task GetAsync(ClusterAccess access)
    {
        using var client = KubernetesClient.For(access, new KubernetesClientOptions(), TimeProvider.System);
        await client.GetAsync(KubernetesResources.Nodes, null, "n", CancellationToken.None);
    }
}
