using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Authentication.V1;
using Harness.Kubernetes.Objects.Authorization.V1;
using Harness.Kubernetes.Objects.Batch.V1;
using Harness.Kubernetes.Objects.Certificates.V1;
using Harness.Kubernetes.Objects.Coordination.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Discovery.V1;
using Harness.Kubernetes.Objects.Networking.V1;
using Harness.Kubernetes.Objects.Node.V1;
using Harness.Kubernetes.Objects.Policy.V1;
using Harness.Kubernetes.Objects.Rbac.V1;
using Harness.Kubernetes.Objects.Scheduling.V1;
using Harness.Kubernetes.Objects.Storage.V1;
using static Harness.Simulator.Kubernetes.Resources.ResourceLine;
using Event = Harness.Kubernetes.Objects.Core.V1.Event;
using NewEvent = Harness.Kubernetes.Objects.Events.V1.Event;

namespace Harness.Simulator.Kubernetes.Resources;

/// <summary>
/// The table of what the embedded API server offers: one line for each resource, in the order in which a real API server's discovery
/// shows groups and resources. A new resource is one line here; kinds without a message are kept as JSON documents.
/// </summary>
internal static class BuiltInResources
{
    private static readonly ApiResource _events =
        new ResourceLine("", "v1").Resource("Event", "events", Event.Descriptor, shortNames: ["ev"]);

    public static IReadOnlyList<ApiResource> All { get; } = [.. Core(), .. Others()];

    private static List<ApiResource> Core()
    {
        var core = new ResourceLine("", "v1");
        return
        [
            core.Review("Binding", Binding.Descriptor, namespaced: true),
            core.Resource("ConfigMap", "configmaps", ConfigMap.Descriptor, shortNames: ["cm"]),
            core.Resource("Endpoints", "endpoints", Endpoints.Descriptor, shortNames: ["ep"]),
            _events,
            core.Resource("LimitRange", "limitranges", null, shortNames: ["limits"]),
            core.Resource("Namespace", "namespaces", Namespace.Descriptor, namespaced: false, shortNames: ["ns"],
                subresources: [Only("finalize", "Namespace", "update"), Status("Namespace")],
                verbs: ["create", "delete", "get", "list", "patch", "update", "watch"]),
            core.Resource("Node", "nodes", Node.Descriptor, namespaced: false, shortNames: ["no"],
                subresources: [Proxy("NodeProxyOptions"), Status("Node")]),
            core.Resource("PersistentVolumeClaim", "persistentvolumeclaims", PersistentVolumeClaim.Descriptor, shortNames: ["pvc"],
                subresources: [Status("PersistentVolumeClaim")]),
            core.Resource("PersistentVolume", "persistentvolumes", PersistentVolume.Descriptor, namespaced: false, shortNames: ["pv"],
                subresources: [Status("PersistentVolume")]),
            core.Resource("Pod", "pods", Pod.Descriptor, shortNames: ["po"], all: true, subresources: PodSubresources()),
            core.Resource("ReplicationController", "replicationcontrollers", null, shortNames: ["rc"], all: true,
                subresources: [Status("ReplicationController")]),
            core.Resource("ResourceQuota", "resourcequotas", null, shortNames: ["quota"], subresources: [Status("ResourceQuota")]),
            core.Resource("Secret", "secrets", Secret.Descriptor),
            core.Resource("ServiceAccount", "serviceaccounts", ServiceAccount.Descriptor, shortNames: ["sa"],
                subresources: [Create("token", "TokenRequest", "authentication.k8s.io", "v1")]),
            core.Resource("Service", "services", Service.Descriptor, shortNames: ["svc"], all: true,
                subresources: [Proxy("ServiceProxyOptions"), Status("Service")]),
        ];
    }

    private static ApiSubresource[] PodSubresources() =>
    [
        Stream("attach", "PodAttachOptions"), Create("binding", "Binding"), Object("ephemeralcontainers", "Pod"),
        Create("eviction", "Eviction", "policy", "v1"), Stream("exec", "PodExecOptions"), Only("log", "Pod", "get"),
        Stream("portforward", "PodPortForwardOptions"), Proxy("PodProxyOptions"), Object("resize", "Pod"), Status("Pod"),
    ];

    private static List<ApiResource> Others() =>
    [
        new ResourceLine("events.k8s.io", "v1").Resource("Event", "events", NewEvent.Descriptor, shortNames: ["ev"], storedAs: _events),
        new ResourceLine("authentication.k8s.io", "v1").Review("SelfSubjectReview", SelfSubjectReview.Descriptor),
        new ResourceLine("authentication.k8s.io", "v1").Review("TokenReview", TokenReview.Descriptor),
        .. Authorization(new ResourceLine("authorization.k8s.io", "v1")),
        .. Apps(new ResourceLine("apps", "v1")),
        new ResourceLine("batch", "v1").Resource("CronJob", "cronjobs", CronJob.Descriptor, shortNames: ["cj"], all: true,
            subresources: [Status("CronJob")]),
        new ResourceLine("batch", "v1").Resource("Job", "jobs", Job.Descriptor, all: true, subresources: [Status("Job")]),
        new ResourceLine("certificates.k8s.io", "v1").Resource("CertificateSigningRequest", "certificatesigningrequests",
            CertificateSigningRequest.Descriptor, namespaced: false, shortNames: ["csr"],
            subresources: [Object("approval", "CertificateSigningRequest"), Status("CertificateSigningRequest")]),
        new ResourceLine("networking.k8s.io", "v1").Resource("Ingress", "ingresses", Ingress.Descriptor, shortNames: ["ing"],
            subresources: [Status("Ingress")]),
        new ResourceLine("networking.k8s.io", "v1").Resource("NetworkPolicy", "networkpolicies", NetworkPolicy.Descriptor, shortNames: ["netpol"]),
        new ResourceLine("policy", "v1").Resource("PodDisruptionBudget", "poddisruptionbudgets", PodDisruptionBudget.Descriptor, shortNames: ["pdb"],
            subresources: [Status("PodDisruptionBudget")]),
        .. Rbac(new ResourceLine("rbac.authorization.k8s.io", "v1")),
        new ResourceLine("storage.k8s.io", "v1").Resource("CSINode", "csinodes", CSINode.Descriptor, namespaced: false),
        new ResourceLine("storage.k8s.io", "v1").Resource("StorageClass", "storageclasses", StorageClass.Descriptor, namespaced: false, shortNames: ["sc"]),
        new ResourceLine("scheduling.k8s.io", "v1").Resource("PriorityClass", "priorityclasses", PriorityClass.Descriptor, namespaced: false, shortNames: ["pc"]),
        new ResourceLine("coordination.k8s.io", "v1").Resource("Lease", "leases", Lease.Descriptor),
        new ResourceLine("node.k8s.io", "v1").Resource("RuntimeClass", "runtimeclasses", RuntimeClass.Descriptor, namespaced: false),
        new ResourceLine("discovery.k8s.io", "v1").Resource("EndpointSlice", "endpointslices", EndpointSlice.Descriptor),
    ];

    private static ApiResource[] Authorization(ResourceLine group) =>
    [
        group.Review("LocalSubjectAccessReview", null, namespaced: true),
        group.Review("SelfSubjectAccessReview", SelfSubjectAccessReview.Descriptor),
        group.Review("SelfSubjectRulesReview", SelfSubjectRulesReview.Descriptor),
        group.Review("SubjectAccessReview", SubjectAccessReview.Descriptor),
    ];

    private static ApiResource[] Apps(ResourceLine apps) =>
    [
        apps.Resource("ControllerRevision", "controllerrevisions", ControllerRevision.Descriptor),
        apps.Resource("DaemonSet", "daemonsets", DaemonSet.Descriptor, shortNames: ["ds"], all: true, subresources: [Status("DaemonSet")]),
        apps.Resource("Deployment", "deployments", Deployment.Descriptor, shortNames: ["deploy"], all: true,
            subresources: [Scale(), Status("Deployment")]),
        apps.Resource("ReplicaSet", "replicasets", ReplicaSet.Descriptor, shortNames: ["rs"], all: true,
            subresources: [Scale(), Status("ReplicaSet")]),
        apps.Resource("StatefulSet", "statefulsets", StatefulSet.Descriptor, shortNames: ["sts"], all: true,
            subresources: [Scale(), Status("StatefulSet")]),
    ];

    private static ApiResource[] Rbac(ResourceLine rbac) =>
    [
        rbac.Resource("ClusterRoleBinding", "clusterrolebindings", ClusterRoleBinding.Descriptor, namespaced: false),
        rbac.Resource("ClusterRole", "clusterroles", ClusterRole.Descriptor, namespaced: false),
        rbac.Resource("RoleBinding", "rolebindings", RoleBinding.Descriptor),
        rbac.Resource("Role", "roles", Role.Descriptor),
    ];
}
