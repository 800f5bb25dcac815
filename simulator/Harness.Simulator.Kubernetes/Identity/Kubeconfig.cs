using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Harness.Simulator.Kubernetes.Clients;

namespace Harness.Simulator.Kubernetes.Identity;

/// <summary>Writes kubeconfig files with everything embedded. Pure.</summary>
public static class Kubeconfig
{
    /// <summary>A kubeconfig with which kubectl comes as <paramref name="access"/> says.</summary>
    /// <param name="access">The server and the identity.</param>
    /// <param name="user">What the user is called in the file.</param>
    /// <param name="tokenFile">Where the token stands that others renew; null for none.</param>
    public static string Write(ApiAccess access, string user, string? tokenFile = null) =>
        $"""
        apiVersion: v1
        kind: Config
        current-context: harness
        clusters:
        - name: harness
          cluster:
            server: {access.Server.AbsoluteUri.TrimEnd('/')}
        {Lines(Trust(access))}
        users:
        - name: "{user}"
          user:
        {Lines(Identity(access, tokenFile))}
        contexts:
        - name: harness
          context:
            cluster: harness
            user: "{user}"
            namespace: default

        """;

    internal static string Write(Uri endpoint, string authorityPem, X509Certificate2 client, string user)
    {
        using ECDsa key = client.GetECDsaPrivateKey()!;
        var access = new ApiAccess
        {
            Server = endpoint,
            AuthorityPem = authorityPem,
            ClientCertificatePem = client.ExportCertificatePem() + "\n",
            ClientKeyPem = key.ExportPkcs8PrivateKeyPem() + "\n",
        };
        return Write(access, user);
    }

    private static IEnumerable<string> Trust(ApiAccess access)
    {
        if (access.AuthorityPem is { } authority && !access.SkipTlsVerify)
        {
            yield return $"certificate-authority-data: {Base64(authority)}";
        }

        if (access.SkipTlsVerify)
        {
            yield return "insecure-skip-tls-verify: true";
        }

        if (access.TlsServerName is { } name)
        {
            yield return $"tls-server-name: \"{name}\"";
        }
    }

    private static IEnumerable<string> Identity(ApiAccess access, string? tokenFile)
    {
        if (access is { ClientCertificatePem: { } certificate, ClientKeyPem: { } key })
        {
            yield return $"client-certificate-data: {Base64(certificate)}";
            yield return $"client-key-data: {Base64(key)}";
        }

        if (access.Token is { } token)
        {
            yield return $"token: \"{token}\"";
        }

        if (tokenFile is not null)
        {
            yield return $"tokenFile: \"{tokenFile}\"";
        }
    }

    private static string Lines(IEnumerable<string> entries) => string.Join('\n', entries.Select(entry => "    " + entry));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
