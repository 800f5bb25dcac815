using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Validation;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>
/// Which rules each resource is written by. A resource that is not named here is an ordinary one. Immutable.
/// </summary>
internal sealed class RuleBook
{
    private static readonly ResourceRules _ordinary = new();

    private readonly Dictionary<string, ResourceRules> _rules;

    public RuleBook(ServiceAddresses addresses) => _rules = new Dictionary<string, ResourceRules>
    {
        ["pods"] = new PodRules(),
        ["namespaces"] = new NamespaceRules(),
        ["nodes"] = new NodeRules(),
        ["configmaps"] = new ConfigMapRules(),
        ["secrets"] = new SecretRules(),
        ["services"] = new ServiceRules(addresses),
        ["endpoints"] = new ResourceRules { CreatesOnUpdate = true },
        ["events"] = new ResourceRules { CreatesOnUpdate = true },
        ["leases.coordination.k8s.io"] = new ResourceRules { CreatesOnUpdate = true, NeedsResourceVersion = true },
        ["endpointslices.discovery.k8s.io"] = new ResourceRules { NeedsResourceVersion = true, HasGeneration = true },
        ["deployments.apps"] = new WorkloadRules { CountsAnnotations = true },
        ["replicasets.apps"] = new WorkloadRules(),
        ["statefulsets.apps"] = new WorkloadRules(),
        ["daemonsets.apps"] = new WorkloadRules(),
        ["jobs.batch"] = new ResourceRules { HasGeneration = true },
        ["cronjobs.batch"] = new ResourceRules { HasGeneration = true },
        ["ingresses.networking.k8s.io"] = new ResourceRules { HasGeneration = true },
        ["networkpolicies.networking.k8s.io"] = new ResourceRules { HasGeneration = true },
        ["poddisruptionbudgets.policy"] = new ResourceRules { HasGeneration = true },
        ["roles.rbac.authorization.k8s.io"] = new ResourceRules { HasPathSegmentName = true },
        ["rolebindings.rbac.authorization.k8s.io"] = new ResourceRules { HasPathSegmentName = true },
        ["clusterroles.rbac.authorization.k8s.io"] = new ResourceRules { HasPathSegmentName = true },
        ["clusterrolebindings.rbac.authorization.k8s.io"] = new ResourceRules { HasPathSegmentName = true },
        ["replicationcontrollers"] = new ResourceRules { HasGeneration = true },
    };

    public ResourceRules Of(ApiResource resource) => _rules.GetValueOrDefault(resource.QualifiedPlural, _ordinary);
}
