using Google.Protobuf;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Rbac.V1;
using Harness.Simulator.Kubernetes.Clients;

namespace Harness.Simulator.Composition;

/// <summary>
/// The provider's namespace, service account and base role: the same objects as kind/manifests/core holds for other clusters
/// (a test compares the two).
/// </summary>
internal static class ProviderRole
{
    public const string Namespace = "virtual-kubelet";
    public const string ServiceAccountName = "virtual-kubelet-sa";
    public const string UserName = $"system:serviceaccount:{Namespace}:{ServiceAccountName}";

    private const string Name = "virtual-kubelet";
    private const string LeaseName = "virtual-kubelet-lease";
    private const string LeaseNamespace = "kube-node-lease";
    private const string AuthorityName = "virtual-kubelet-client-authority";
    private const string AuthorityNamespace = "kube-system";
    private const string AuthorityConfigMap = "extension-apiserver-authentication";
    private const string RbacGroup = "rbac.authorization.k8s.io";

    public static IReadOnlyList<string> Groups { get; } = ["system:serviceaccounts", $"system:serviceaccounts:{Namespace}"];

    /// <summary>In the order in which they can be created. Fresh objects at each call.</summary>
    public static IReadOnlyList<IMessage> Objects() =>
    [
        new Namespace { Metadata = new ObjectMeta { Name = Namespace } },
        new ServiceAccount { Metadata = new ObjectMeta { Name = ServiceAccountName, Namespace = Namespace } },
        BaseRole(),
        new ClusterRoleBinding { Metadata = new ObjectMeta { Name = Name }, RoleRef = Reference("ClusterRole", Name), Subjects = { Subject() } },
        LeaseRole(),
        Binding(LeaseName, LeaseNamespace),
        AuthorityRole(),
        Binding(AuthorityName, AuthorityNamespace),
    ];

    public static async Task CreateAsync(IApiClient client, CancellationToken cancellationToken)
    {
        foreach (var item in Objects())
        {
            await (item switch
            {
                Namespace space => client.CreateAsync(space, cancellationToken),
                ServiceAccount account => client.CreateAsync(account, cancellationToken),
                ClusterRole role => client.CreateAsync(role, cancellationToken),
                ClusterRoleBinding binding => client.CreateAsync(binding, cancellationToken),
                Role role => client.CreateAsync(role, cancellationToken),
                RoleBinding binding => (Task)client.CreateAsync(binding, cancellationToken),
                _ => throw new InvalidOperationException($"{item.Descriptor.Name} is not among the provider's objects."),
            });
        }
    }

    private static ClusterRole BaseRole() => new()
    {
        Metadata = new ObjectMeta { Name = Name },
        Rules =
        {
            Rule("", ["pods"], "get", "list", "watch", "patch", "delete"),
            Rule("", ["pods/status"], "patch"),
            Rule("", ["nodes"], "get", "create", "patch"),
            Rule("", ["nodes/status"], "patch"),
            Rule("", ["events"], "create", "patch"),
        },
    };

    private static Role LeaseRole() => new()
    {
        Metadata = new ObjectMeta { Name = LeaseName, Namespace = LeaseNamespace },
        Rules = { Rule("coordination.k8s.io", ["leases"], "get", "create", "update") },
    };

    private static Role AuthorityRole()
    {
        var rule = Rule("", ["configmaps"], "get");
        rule.ResourceNames.Add(AuthorityConfigMap);
        return new Role { Metadata = new ObjectMeta { Name = AuthorityName, Namespace = AuthorityNamespace }, Rules = { rule } };
    }

    private static RoleBinding Binding(string name, string inNamespace) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = inNamespace },
        RoleRef = Reference("Role", name),
        Subjects = { Subject() },
    };

    private static RoleRef Reference(string kind, string name) => new() { ApiGroup = RbacGroup, Kind = kind, Name = name };

    private static Subject Subject() => new() { Kind = "ServiceAccount", Name = ServiceAccountName, Namespace = Namespace };

    private static PolicyRule Rule(string group, string[] resources, params string[] verbs) =>
        new() { ApiGroups = { group }, Resources = { resources }, Verbs = { verbs } };
}
