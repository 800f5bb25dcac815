using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Rbac.V1;
using Harness.Simulator.Kubernetes.Clients;

namespace Harness.Simulator.Composition;

/// <summary>
/// The provider's namespace, service account and base role, with no more rights than an existing deployment of such a
/// provider has.
/// </summary>
internal static class ProviderRole
{
    public const string Namespace = "virtual-kubelet";
    public const string ServiceAccountName = "virtual-kubelet-sa";
    public const string UserName = $"system:serviceaccount:{Namespace}:{ServiceAccountName}";

    private const string Name = "virtual-kubelet";
    private const string RbacGroup = "rbac.authorization.k8s.io";

    public static IReadOnlyList<string> Groups { get; } = ["system:serviceaccounts", $"system:serviceaccounts:{Namespace}"];

    public static async Task CreateAsync(IApiClient client, CancellationToken cancellationToken)
    {
        await client.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = Namespace } }, cancellationToken);
        await client.CreateAsync(
            new ServiceAccount { Metadata = new ObjectMeta { Name = ServiceAccountName, Namespace = Namespace } }, cancellationToken);
        await client.CreateAsync(Role(), cancellationToken);
        await client.CreateAsync(Binding(), cancellationToken);
    }

    private static ClusterRole Role() => new()
    {
        Metadata = new ObjectMeta { Name = Name },
        Rules =
        {
            Rule("", ["configmaps", "secrets", "services"], "get", "list", "watch"),
            Rule("", ["pods"], "get", "list", "watch", "delete", "patch"),
            Rule("", ["pods/status"], "update", "patch"),
            Rule("", ["nodes"], "create", "get", "list", "watch", "patch", "delete"),
            Rule("", ["nodes/status"], "update", "patch"),
            Rule("", ["events"], "create", "patch"),
            Rule("coordination.k8s.io", ["leases"], "get", "create", "update"),
            Rule("", ["persistentvolumes", "persistentvolumeclaims"], "list", "watch"),
        },
    };

    private static ClusterRoleBinding Binding() => new()
    {
        Metadata = new ObjectMeta { Name = Name },
        RoleRef = new RoleRef { ApiGroup = RbacGroup, Kind = "ClusterRole", Name = Name },
        Subjects = { new Subject { Kind = "ServiceAccount", Name = ServiceAccountName, Namespace = Namespace } },
    };

    private static PolicyRule Rule(string group, string[] resources, params string[] verbs) =>
        new() { ApiGroups = { group }, Resources = { resources }, Verbs = { verbs } };
}
