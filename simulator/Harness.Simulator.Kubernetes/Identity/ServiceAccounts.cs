namespace Harness.Simulator.Kubernetes.Identity;

/// <summary>How service accounts appear as users.</summary>
internal static class ServiceAccounts
{
    public static UserIdentity Identity(string inNamespace, string name, string uid) => new(
        $"system:serviceaccount:{inNamespace}:{name}",
        ["system:serviceaccounts", $"system:serviceaccounts:{inNamespace}", UserIdentity.Authenticated],
        uid);
}
