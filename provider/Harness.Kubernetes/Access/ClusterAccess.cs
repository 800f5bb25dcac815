using System.Security.Cryptography.X509Certificates;

namespace Harness.Kubernetes.Access;

/// <summary>Where an API server is, whom to trust there, and as whom to come. Immutable; holds private keys, so it is never printed.</summary>
public sealed class ClusterAccess
{
    public required Uri Server { get; init; }

    /// <summary>Null to trust what the machine trusts.</summary>
    public X509Certificate2Collection? CertificateAuthorities { get; init; }

    /// <summary>With its private key.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>Certificates between the client's own and its CA.</summary>
    public X509Certificate2Collection? ClientCertificateChain { get; init; }

    public BearerToken? Token { get; init; }

    public bool SkipTlsVerify { get; init; }

    /// <summary>The name that the server's certificate is for, where it is not the address.</summary>
    public string? TlsServerName { get; init; }

    public Uri? Proxy { get; init; }

    /// <summary>The context's namespace; <c>default</c> where it names none.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>
    /// A given kubeconfig, else the service account of the pod that this runs in, else KUBECONFIG or ~/.kube/config.
    /// </summary>
    /// <exception cref="ClusterAccessException">There is none, or it cannot be used; the message says why.</exception>
    public static ClusterAccess Find(string? kubeconfig = null, string? context = null) =>
        kubeconfig is null && context is null && InClusterAccess.IsAvailable()
            ? InClusterAccess.Load()
            : KubeConfig.Load(kubeconfig, context);

    public override string ToString() => $"the Kubernetes API at {Server}";
}
