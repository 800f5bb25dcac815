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
        ["endpointslices.discovery.k8s.io"] = new ResourceRules { HasGeneration = true },
        ["certificatesigningrequests.certificates.k8s.io"] = new CertificateRequestRules(),
        ["limitranges"] = new ResourceRules { CreatesOnUpdate = true },
        ["serviceaccounts"] = new ResourceRules { ReturnsDeleted = true },
        ["resourcequotas"] = new ResourceRules { ReturnsDeleted = true },
        ["persistentvolumeclaims"] = new ResourceRules { ReturnsDeleted = true },
        ["persistentvolumes"] = new ResourceRules { ReturnsDeleted = true },
        ["csinodes.storage.k8s.io"] = new ResourceRules { ReturnsDeleted = true, NeedsResourceVersion = true },
        ["storageclasses.storage.k8s.io"] = new ResourceRules { ReturnsDeleted = true },
        ["priorityclasses.scheduling.k8s.io"] = new ResourceRules { HasGeneration = true },
        ["runtimeclasses.node.k8s.io"] = new ResourceRules { NeedsResourceVersion = true },
        ["deployments.apps"] = new WorkloadRules { CountsAnnotations = true },
        ["replicasets.apps"] = new WorkloadRules(),
        ["statefulsets.apps"] = new WorkloadRules(),
        ["daemonsets.apps"] = new WorkloadRules(),
        ["jobs.batch"] = new JobRules(),
        ["cronjobs.batch"] = new ResourceRules { HasGeneration = true },
        ["ingresses.networking.k8s.io"] = new ResourceRules { HasGeneration = true },
        ["networkpolicies.networking.k8s.io"] = new ResourceRules { HasGeneration = true },
        ["poddisruptionbudgets.policy"] = new ResourceRules { HasGeneration = true, NeedsResourceVersion = true },
        ["roles.rbac.authorization.k8s.io"] = new ResourceRules { HasPathSegmentName = true, CreatesOnUpdate = true },
        ["rolebindings.rbac.authorization.k8s.io"] = new ResourceRules { HasPathSegmentName = true, CreatesOnUpdate = true },
        ["clusterroles.rbac.authorization.k8s.io"] = new ResourceRules { HasPathSegmentName = true, CreatesOnUpdate = true },
        ["clusterrolebindings.rbac.authorization.k8s.io"] = new ResourceRules { HasPathSegmentName = true, CreatesOnUpdate = true },
        ["replicationcontrollers"] = new ResourceRules { HasGeneration = true },
    };

    public ResourceRules Of(ApiResource resource) => _rules.GetValueOrDefault(resource.QualifiedPlural, _ordinary);
}
