using System.Net;
using System.Net.Sockets;

namespace Harness.Kubernetes.Access;

/// <summary>
/// The access that Kubernetes gives to every pod: two environment variables and the service account's files (Kubernetes docs,
/// "Accessing the Kubernetes API from a Pod").
/// </summary>
public static class InClusterAccess
{
    private const string DefaultFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

    public static bool IsAvailable(string folder = DefaultFolder) => Host() is { Length: > 0 } && File.Exists(Path.Combine(folder, "token"));

    /// <exception cref="ClusterAccessException">This does not run in a pod, or the pod has no service account.</exception>
    public static ClusterAccess Load(string folder = DefaultFolder)
    {
        var host = Host();
        var port = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT");
        if (string.IsNullOrEmpty(host) || string.IsNullOrEmpty(port))
        {
            throw new ClusterAccessException(
                "Not in a cluster: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set. Give a kubeconfig.");
        }

        var token = Path.Combine(folder, "token");
        if (!File.Exists(token))
        {
            throw new ClusterAccessException($"{token} is missing: the pod has no service account token (automountServiceAccountToken).");
        }

        var namespaceFile = Path.Combine(folder, "namespace");
        return new ClusterAccess
        {
            Server = new Uri($"https://{Bracketed(host)}:{port}"),
            CertificateAuthorities = Pem.ReadCertificates(Path.Combine(folder, "ca.crt"), "the service account's ca.crt"),
            Token = BearerToken.FromFile(token),
            Namespace = File.Exists(namespaceFile) ? File.ReadAllText(namespaceFile).Trim() : "default",
        };
    }

    private static string? Host() => Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST");

    private static string Bracketed(string host) =>
        IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{host}]" : host;
}
