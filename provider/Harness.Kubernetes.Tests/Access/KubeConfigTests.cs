using Harness.Kubernetes.Access;
using Harness.Kubernetes.Tests.Server;

namespace Harness.Kubernetes.Tests.Access;

public sealed class KubeConfigTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kubeconfig-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Load_DataFields_AreDecoded()
    {
        using var certificates = TestCertificates.Make();
        using var client = certificates.Issue("admin");
        var path = Write("config", $"""
            apiVersion: v1
            kind: Config
            current-context: c
            clusters:
            - name: k
              cluster:
                server: https://127.1.2.3:6443
                certificate-authority-data: {Base64(certificates.Authority.ExportCertificatePem())}
            contexts:
            - name: c
              context: {"{"}cluster: k, user: u, namespace: work{"}"}
            users:
            - name: u
              user:
                client-certificate-data: {Base64(client.ExportCertificatePem())}
                client-key-data: {Base64(client.GetECDsaPrivateKeyPem())}
            """);

        var access = KubeConfig.Load(path);

        Assert.Equal(new Uri("https://127.1.2.3:6443"), access.Server);
        Assert.Equal(certificates.Authority.Thumbprint, Assert.Single(access.CertificateAuthorities!).Thumbprint);
        Assert.Equal(client.Thumbprint, access.ClientCertificate!.Thumbprint);
        Assert.True(access.ClientCertificate.HasPrivateKey);
        Assert.Equal("work", access.Namespace);
    }

    [Fact]
    public void Load_RelativeFiles_StandBesideTheKubeconfig()
    {
        using var certificates = TestCertificates.Make();
        Write("ca.pem", certificates.Authority.ExportCertificatePem());
        Write("token", "secret\n");
        var path = Write("config", Config("server: https://k:1\n    certificate-authority: ca.pem\n    tls-server-name: kubernetes", "tokenFile: token"));

        var access = KubeConfig.Load(path);

        Assert.Single(access.CertificateAuthorities!);
        Assert.Equal("kubernetes", access.TlsServerName);
        Assert.Equal("secret", access.Token!.Read(TimeProvider.System));
        Assert.Equal("default", access.Namespace);
    }

    [Fact]
    public void Load_AnotherContext_IsTaken()
    {
        var path = Write("config", Config("server: https://k:1\n    insecure-skip-tls-verify: true", "token: t") + """

            - name: other
              user: {token: o}
            """ + "\n");
        File.AppendAllText(path, "preferences: {}\n");
        File.WriteAllText(path, File.ReadAllText(path).Replace("contexts:", "contexts:\n- name: second\n  context: {cluster: k, user: other}", StringComparison.Ordinal));

        var access = KubeConfig.Load(path, "second");

        Assert.True(access.SkipTlsVerify);
        Assert.Equal("o", access.Token!.Read(TimeProvider.System));
    }

    [Theory]
    [InlineData("exec: {command: aws}", "exec runs a plugin for credentials, which is not supported")]
    [InlineData("auth-provider: {name: gcp}", "auth-provider names an auth provider")]
    [InlineData("username: a", "username asks for basic authentication")]
    [InlineData("client-key-data: eA==", "client-certificate is missing, though there is a client-key")]
    [InlineData("client-certificate-data: '%%'", "client-certificate-data is no base64")]
    [InlineData("tokenFile: missing", "does not exist")]
    public void Load_UserThatCannotServe_IsToldByField(string user, string expected)
    {
        var path = Write("config", Config("server: https://k:1", user));

        var exception = Assert.Throws<ClusterAccessException>(() => KubeConfig.Load(path));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("server: nonsense", "server is nonsense, not an http or https address")]
    [InlineData("tls-server-name: x", "server is missing")]
    [InlineData("server: https://k:1\n    certificate-authority: nowhere.pem", "nowhere.pem cannot be read")]
    [InlineData("server: https://k:1\n    certificate-authority-data: eA==", "there is no PEM certificate in it")]
    [InlineData("server: https://k:1\n    insecure-skip-tls-verify: maybe", "is maybe, not true or false")]
    public void Load_ClusterThatCannotServe_IsToldByField(string cluster, string expected)
    {
        var path = Write("config", Config(cluster, "token: t"));

        Assert.Contains(expected, Assert.Throws<ClusterAccessException>(() => KubeConfig.Load(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty or no YAML mapping")]
    [InlineData("a: [", "is no YAML: line")]
    [InlineData("clusters: []", "has no current-context")]
    [InlineData("current-context: gone", "no entry gone in contexts; there are: none")]
    public void Load_BrokenFile_IsToldByFile(string text, string expected)
    {
        var path = Write("config", text);

        Assert.Contains(expected, Assert.Throws<ClusterAccessException>(() => KubeConfig.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_SaysWhatToDo()
    {
        var exception = Assert.Throws<ClusterAccessException>(() => KubeConfig.Load(Path.Combine(_folder.FullName, "none")));

        Assert.Contains("does not exist. Give one with --kubeconfig", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SeveralFilesInTheEnvironment_FirstThatNamesAnEntryWins()
    {
        var first = Write("first", "current-context: c\nusers:\n- name: u\n  user: {token: first}\n");
        var second = Write("second", Config("server: https://k:1", "token: second"));
        var before = Environment.GetEnvironmentVariable("KUBECONFIG");
        Environment.SetEnvironmentVariable("KUBECONFIG", string.Join(Path.PathSeparator, Path.Combine(_folder.FullName, "none"), first, second));
        try
        {
            Assert.Equal("first", KubeConfig.Load().Token!.Read(TimeProvider.System));
        }
        finally
        {
            Environment.SetEnvironmentVariable("KUBECONFIG", before);
        }
    }

    [Fact]
    public void InCluster_ServiceAccount_IsRead()
    {
        using var certificates = TestCertificates.Make();
        Write("ca.crt", certificates.Authority.ExportCertificatePem());
        Write("namespace", "virtual-kubelet");
        Environment.SetEnvironmentVariable("KUBERNETES_SERVICE_HOST", "fd00::1");
        Environment.SetEnvironmentVariable("KUBERNETES_SERVICE_PORT", "443");
        try
        {
            Assert.False(InClusterAccess.IsAvailable(_folder.FullName));
            Assert.Contains("token is missing", Assert.Throws<ClusterAccessException>(() => InClusterAccess.Load(_folder.FullName)).Message, StringComparison.Ordinal);
            Write("token", "t");

            var access = InClusterAccess.Load(_folder.FullName);

            Assert.Equal(new Uri("https://[fd00::1]:443"), access.Server);
            Assert.Equal("virtual-kubelet", access.Namespace);
            Assert.Equal("t", access.Token!.Read(TimeProvider.System));
        }
        finally
        {
            Environment.SetEnvironmentVariable("KUBERNETES_SERVICE_HOST", null);
            Environment.SetEnvironmentVariable("KUBERNETES_SERVICE_PORT", null);
        }
    }

    private static string Config(string cluster, string user) => $"""
        current-context: c
        clusters:
        - name: k
          cluster:
            {cluster}
        contexts:
        - name: c
          context:
            cluster: k
            user: u
        users:
        - name: u
          user:
            {user}
        """;

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
