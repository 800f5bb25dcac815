using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Testing;

namespace Harness.Simulator.Kubernetes.Tests.Identity;

public sealed class KubeconfigReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var access = new ApiAccess
        {
            Server = new Uri("https://example.org:6443/clusters/one"),
            AuthorityPem = "authority\n",
            TlsServerName = "kubernetes",
            ClientCertificatePem = "certificate\n",
            ClientKeyPem = "key\n",
            Token = "secret",
        };

        Assert.Equal(access, KubeconfigReader.Read(File("a", Kubeconfig.Write(access, "me")), context: null));
    }

    [Fact]
    public void Read_FilesBesideIt_AreFoundFromItsFolder()
    {
        File("ca.pem", "authority");
        File("token", "secret\n");
        string file = File("config", Text("certificate-authority: ca.pem", "tokenFile: token"));

        ApiAccess access = KubeconfigReader.Read(file, "other");

        Assert.Equal(("authority", "secret", "https://example.org/"), (access.AuthorityPem, access.Token, access.Server.AbsoluteUri));
    }

    [Theory]
    [InlineData("{}", "exec: {command: aws}", "other", "exec is not supported")]
    [InlineData("proxy-url: http://x", "token: a", "other", "proxy-url is not supported")]
    [InlineData("certificate-authority: nowhere.pem", "token: a", "other", "nowhere.pem")]
    [InlineData("certificate-authority-data: '!'", "token: a", "other", "certificate-authority-data is no base64")]
    [InlineData("a: b", "token: a", "third", "no entry \"third\" in contexts; there are: other")]
    [InlineData("a: b", "token: a", null, "no current-context")]
    public void Read_WhatCannotBeUsed_IsRefusedByName(string cluster, string user, string? context, string expected)
    {
        string file = File("config", Text(cluster == "{}" ? "a: b" : cluster, user));

        var refusal = Assert.Throws<KubeconfigException>(() => KubeconfigReader.Read(file, context));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoSuchFile_SaysWhich() =>
        Assert.Contains("/no/such/kubeconfig", Assert.Throws<KubeconfigException>(() => KubeconfigReader.Read("/no/such/kubeconfig", null)).Message, StringComparison.Ordinal);

    private static string Text(string cluster, string user) =>
        $$"""
        clusters: [{name: c, cluster: {server: "https://example.org", {{cluster}} } }]
        users: [{name: u, user: { {{user}} } }]
        contexts: [{name: other, context: {cluster: c, user: u} }]
        """;

    private string File(string name, string text)
    {
        string path = Path.Combine(_folder.Path, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
