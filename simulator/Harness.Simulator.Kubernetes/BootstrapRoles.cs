using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Rbac.V1;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.Kubernetes.Operations;

namespace Harness.Simulator.Kubernetes;

/// <summary>
/// The cluster roles that people bind to, as every cluster has them: cluster-admin, admin, edit and view, and what everyone may see. Roles
/// of the control plane's own parts are not there; they may do everything here.
/// </summary>
internal static class BootstrapRoles
{
    private const string Group = "rbac.authorization.k8s.io";
    private const string BootstrapLabel = "kubernetes.io/bootstrapping";

    private static readonly string[] _read = ["get", "list", "watch"];
    private static readonly string[] _write = ["create", "delete", "deletecollection", "patch", "update"];
    private static readonly string[] _public = ["/healthz", "/livez", "/readyz", "/version", "/version/"];
    private static readonly string[] _discovery = ["/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz", "/version", "/version/"];
    private static readonly string[] _core = ["configmaps", "endpoints", "persistentvolumeclaims", "pods", "replicationcontrollers", "serviceaccounts", "services"];
    private static readonly string[] _apps = ["daemonsets", "deployments", "deployments/scale", "replicasets", "replicasets/scale", "statefulsets", "statefulsets/scale"];

    public static void Create(ApiOperations operations, WriteContext context)
    {
        PolicyRule[] view = [.. Workloads(_read), Rule([""], ["events", "limitranges", "namespaces", "pods/log", "resourcequotas"], _read)];
        PolicyRule[] edit = [.. view, .. Workloads(_write), Rule([""], ["secrets"], [.. _read, .. _write]), Rule([""], ["pods/eviction"], ["create"])];
        Add(operations, context, "cluster-admin", Rule(["*"], ["*"], ["*"]), Paths(["*"], ["*"]));
        Add(operations, context, "view", view);
        Add(operations, context, "edit", edit);
        Add(operations, context, "admin", [.. edit, Rule([Group], ["rolebindings", "roles"], [.. _read, .. _write]), Rule(["authorization.k8s.io"], ["localsubjectaccessreviews"], ["create"])]);
        Add(operations, context, "system:discovery", Paths(_discovery, ["get"]));
        Add(operations, context, "system:public-info-viewer", Paths(_public, ["get"]));
        Add(operations, context, "system:basic-user",
            Rule(["authorization.k8s.io"], ["selfsubjectaccessreviews", "selfsubjectrulesreviews"], ["create"]), Rule(["authentication.k8s.io"], ["selfsubjectreviews"], ["create"]));
        Bind(operations, context, "cluster-admin", UserIdentity.Masters);
        Bind(operations, context, "system:basic-user", UserIdentity.Authenticated);
        Bind(operations, context, "system:discovery", UserIdentity.Authenticated);
        Bind(operations, context, "system:public-info-viewer", UserIdentity.Authenticated, "system:unauthenticated");
    }

    private static IEnumerable<PolicyRule> Workloads(string[] verbs) =>
    [
        Rule([""], _core, verbs), Rule(["apps"], _apps, verbs), Rule(["batch"], ["cronjobs", "jobs"], verbs),
        Rule(["networking.k8s.io"], ["ingresses", "networkpolicies"], verbs), Rule(["policy"], ["poddisruptionbudgets"], verbs),
    ];

    private static PolicyRule Rule(string[] groups, string[] resources, string[] verbs) => new() { Verbs = { verbs }, ApiGroups = { groups }, Resources = { resources } };

    private static PolicyRule Paths(string[] urls, string[] verbs) => new() { Verbs = { verbs }, NonResourceURLs = { urls } };

    private static void Add(ApiOperations operations, WriteContext context, string name, params PolicyRule[] rules)
    {
        var role = new ClusterRole { Metadata = Metadata(name), Rules = { rules } };
        operations.Writer.Create(context, operations.Registry.For<ClusterRole>(), "", new MessageObject(role));
    }

    private static void Bind(ApiOperations operations, WriteContext context, string name, params string[] groups)
    {
        var binding = new ClusterRoleBinding
        {
            Metadata = Metadata(name),
            Subjects = { groups.Select(group => new Subject { Kind = "Group", ApiGroup = Group, Name = group }) },
            RoleRef = new RoleRef { ApiGroup = Group, Kind = "ClusterRole", Name = name },
        };
        operations.Writer.Create(context, operations.Registry.For<ClusterRoleBinding>(), "", new MessageObject(binding));
    }

    private static ObjectMeta Metadata(string name) => new()
    {
        Name = name,
        Labels = { [BootstrapLabel] = "rbac-defaults" },
        Annotations = { ["rbac.authorization.kubernetes.io/autoupdate"] = "true" },
    };
}
