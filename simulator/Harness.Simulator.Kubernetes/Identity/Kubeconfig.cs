using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Harness.Simulator.Kubernetes.Identity;

/// <summary>Writes kubeconfig files with everything embedded.</summary>
internal static class Kubeconfig
{
    public static string Write(Uri endpoint, string authorityPem, X509Certificate2 client, string user)
    {
        using ECDsa key = client.GetECDsaPrivateKey()!;
        return $"""
            apiVersion: v1
            kind: Config
            current-context: harness
            clusters:
            - name: harness
              cluster:
                server: {endpoint.GetLeftPart(UriPartial.Authority)}
                certificate-authority-data: {Base64(authorityPem)}
            users:
            - name: "{user}"
              user:
                client-certificate-data: {Base64(client.ExportCertificatePem() + "\n")}
                client-key-data: {Base64(key.ExportPkcs8PrivateKeyPem() + "\n")}
            contexts:
            - name: harness
              context:
                cluster: harness
                user: "{user}"
                namespace: default

            """;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
