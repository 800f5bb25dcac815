namespace Harness.Simulator.Kubernetes.Identity;

/// <summary>How service accounts appear as users.</summary>
internal static class ServiceAccounts
{
    /// <summary>Whom a token is for that names nobody: this API server.</summary>
    public const string Audience = "https://kubernetes.default.svc.cluster.local";

    public static UserIdentity Identity(string inNamespace, string name, string uid) => new(
        $"system:serviceaccount:{inNamespace}:{name}",
        ["system:serviceaccounts", $"system:serviceaccounts:{inNamespace}", UserIdentity.Authenticated],
        uid);
}
