using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Authentication.V1;
using Harness.Kubernetes.Objects.Authorization.V1;
using Harness.Kubernetes.Objects.Certificates.V1;
using Harness.Kubernetes.Objects.Coordination.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Discovery.V1;
using Harness.Kubernetes.Objects.Policy.V1;

namespace Harness.Kubernetes.Resources;

/// <summary>The built-in resources that the system uses. Immutable.</summary>
public static class KubernetesResources
{
    public static KubernetesResource<Pod> Pods { get; } = new("", "v1", "Pod", "pods", true, static item => item.Metadata);

    public static KubernetesResource<Node> Nodes { get; } = new("", "v1", "Node", "nodes", false, static item => item.Metadata);

    public static KubernetesResource<Event> Events { get; } = new("", "v1", "Event", "events", true, static item => item.Metadata);

    public static KubernetesResource<ConfigMap> ConfigMaps { get; } = new("", "v1", "ConfigMap", "configmaps", true, static item => item.Metadata);

    public static KubernetesResource<Secret> Secrets { get; } = new("", "v1", "Secret", "secrets", true, static item => item.Metadata);

    public static KubernetesResource<Namespace> Namespaces { get; } = new("", "v1", "Namespace", "namespaces", false, static item => item.Metadata);

    public static KubernetesResource<Service> Services { get; } = new("", "v1", "Service", "services", true, static item => item.Metadata);

    public static KubernetesResource<Endpoints> Endpoints { get; } = new("", "v1", "Endpoints", "endpoints", true, static item => item.Metadata);

    public static KubernetesResource<ServiceAccount> ServiceAccounts { get; } =
        new("", "v1", "ServiceAccount", "serviceaccounts", true, static item => item.Metadata);

    public static KubernetesResource<PersistentVolume> PersistentVolumes { get; } =
        new("", "v1", "PersistentVolume", "persistentvolumes", false, static item => item.Metadata);

    public static KubernetesResource<PersistentVolumeClaim> PersistentVolumeClaims { get; } =
        new("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", true, static item => item.Metadata);

    public static KubernetesResource<Lease> Leases { get; } = new("coordination.k8s.io", "v1", "Lease", "leases", true, static item => item.Metadata);

    public static KubernetesResource<Deployment> Deployments { get; } = new("apps", "v1", "Deployment", "deployments", true, static item => item.Metadata);

    public static KubernetesResource<ReplicaSet> ReplicaSets { get; } = new("apps", "v1", "ReplicaSet", "replicasets", true, static item => item.Metadata);

    public static KubernetesResource<StatefulSet> StatefulSets { get; } =
        new("apps", "v1", "StatefulSet", "statefulsets", true, static item => item.Metadata);

    public static KubernetesResource<DaemonSet> DaemonSets { get; } = new("apps", "v1", "DaemonSet", "daemonsets", true, static item => item.Metadata);

    public static KubernetesResource<EndpointSlice> EndpointSlices { get; } =
        new("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true, static item => item.Metadata);

    public static KubernetesResource<PodDisruptionBudget> PodDisruptionBudgets { get; } =
        new("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", true, static item => item.Metadata);

    public static KubernetesResource<CertificateSigningRequest> CertificateSigningRequests { get; } =
        new("certificates.k8s.io", "v1", "CertificateSigningRequest", "certificatesigningrequests", false, static item => item.Metadata);

    public static KubernetesResource<TokenReview> TokenReviews { get; } =
        new("authentication.k8s.io", "v1", "TokenReview", "tokenreviews", false, static item => item.Metadata);

    public static KubernetesResource<SubjectAccessReview> SubjectAccessReviews { get; } =
        new("authorization.k8s.io", "v1", "SubjectAccessReview", "subjectaccessreviews", false, static item => item.Metadata);
}
