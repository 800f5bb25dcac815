using Harness.Kubernetes.Objects.Rbac.V1;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Authorization;

/// <summary>
/// Decides by the roles and bindings in the store. <c>system:masters</c> may do everything; what everyone may read (health, version,
/// discovery) is granted without bindings. Reads the store at each decision, so that a new binding counts at once. Safe for any thread.
/// </summary>
internal sealed class RbacAuthorizer(ObjectStore store, ResourceRegistry registry)
{
    private const string Group = "rbac.authorization.k8s.io";
    private static readonly string[] _public = ["/healthz", "/livez", "/readyz", "/version", "/version/"];
    private static readonly string[] _discovery = ["/api", "/apis", "/openapi"];
    private static readonly string[] _self = ["selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews"];

    private readonly ApiResource _roles = registry.Find(Group, "v1", "roles")!;
    private readonly ApiResource _roleBindings = registry.Find(Group, "v1", "rolebindings")!;
    private readonly ApiResource _clusterRoles = registry.Find(Group, "v1", "clusterroles")!;
    private readonly ApiResource _clusterRoleBindings = registry.Find(Group, "v1", "clusterrolebindings")!;

    public bool IsAllowed(UserIdentity user, AccessRequest request) =>
        user.IsIn(UserIdentity.Masters) || IsForEveryone(user, request) || RulesOf(user, request.Namespace).Any(rule => Covers(rule, request));

    /// <summary>The rules that hold for a user in a namespace, those of the whole cluster included.</summary>
    public IEnumerable<PolicyRule> RulesOf(UserIdentity user, string inNamespace)
    {
        foreach (ClusterRoleBinding binding in All<ClusterRoleBinding>(_clusterRoleBindings, null))
        {
            if (binding.Subjects.Any(subject => IsSubject(subject, user, "")))
            {
                foreach (PolicyRule rule in ClusterRule(binding.RoleRef))
                {
                    yield return rule;
                }
            }
        }

        if (inNamespace.Length == 0)
        {
            yield break;
        }

        foreach (RoleBinding binding in All<RoleBinding>(_roleBindings, inNamespace))
        {
            if (binding.Subjects.Any(subject => IsSubject(subject, user, inNamespace)))
            {
                foreach (PolicyRule rule in binding.RoleRef?.Kind == "ClusterRole" ? ClusterRule(binding.RoleRef) : Rules(binding.RoleRef, inNamespace))
                {
                    yield return rule;
                }
            }
        }
    }

    private static bool IsForEveryone(UserIdentity user, AccessRequest request)
    {
        if (request.Verb == "get" && _public.Contains(request.Path))
        {
            return true;
        }

        if (!user.IsIn(UserIdentity.Authenticated))
        {
            return false;
        }

        return request.Path.Length > 0
            ? request.Verb == "get" && _discovery.Any(path => request.Path == path || request.Path.StartsWith(path + "/", StringComparison.Ordinal))
                || _public.Any(path => request.Path.StartsWith(path + "/", StringComparison.Ordinal))
            : request.Verb == "create" && _self.Contains(request.Resource);
    }

    private static bool Covers(PolicyRule rule, AccessRequest request)
    {
        if (!Holds(rule.Verbs, request.Verb))
        {
            return false;
        }

        if (request.Path.Length > 0)
        {
            return rule.NonResourceURLs.Any(url => url == "*" || url == request.Path
                || url.EndsWith('*') && request.Path.StartsWith(url[..^1], StringComparison.Ordinal));
        }

        return Holds(rule.ApiGroups, request.Group)
            && rule.Resources.Any(resource => resource == "*" || resource == request.Resource || IsSubresourceOfAny(resource, request.Resource))
            && (rule.ResourceNames.Count == 0 || rule.ResourceNames.Contains(request.Name));
    }

    private static bool Holds(IList<string> values, string wanted) => values.Contains("*") || values.Contains(wanted);

    private static bool IsSubresourceOfAny(string pattern, string resource) =>
        pattern.StartsWith("*/", StringComparison.Ordinal) && resource.EndsWith(pattern[1..], StringComparison.Ordinal);

    private static bool IsSubject(Subject subject, UserIdentity user, string inNamespace) => subject.Kind switch
    {
        "User" => subject.Name == user.Name,
        "Group" => user.IsIn(subject.Name),
        "ServiceAccount" => user.Name == $"system:serviceaccount:{(subject.Namespace.Length > 0 ? subject.Namespace : inNamespace)}:{subject.Name}",
        _ => false,
    };

    private IEnumerable<PolicyRule> ClusterRule(RoleRef role) =>
        Find<ClusterRole>(_clusterRoles, new ObjectKey("", role.Name))?.Rules ?? Enumerable.Empty<PolicyRule>();

    private IEnumerable<PolicyRule> Rules(RoleRef? role, string inNamespace) =>
        role is null ? [] : Find<Role>(_roles, new ObjectKey(inNamespace, role.Name))?.Rules ?? Enumerable.Empty<PolicyRule>();

    private T? Find<T>(ApiResource resource, ObjectKey key) where T : class =>
        store.Find(resource, key) is { } stored ? ((MessageObject)stored.Value).Message as T : null;

    private IEnumerable<T> All<T>(ApiResource resource, string? inNamespace) where T : class =>
        store.Snapshot(resource).Objects(inNamespace).Select(stored => (T)((MessageObject)stored.Value).Message);
}
