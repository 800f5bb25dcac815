using System.Collections.Frozen;
using Harness.Simulator.Kubernetes.Tables.Kinds;

namespace Harness.Simulator.Kubernetes.Tables;

/// <summary>Which kind is printed how. Kinds without an entry show their name and creation time, as on a real API server.</summary>
internal static class TableKinds
{
    private static readonly TableKind _fallback = new(
        [TableColumn.ObjectName, TableColumn.CreatedAt],
        (item, _) => [Cell.Name(item), item.Text("metadata", "creationTimestamp")]);

    private static readonly FrozenDictionary<(string Group, string Kind), TableKind> _kinds =
        new Dictionary<(string, string), TableKind>
        {
            [("", "Pod")] = PodTable.Kind,
            [("", "Node")] = NodeTable.Kind,
            [("", "Namespace")] = CoreTables.Namespace,
            [("", "ConfigMap")] = CoreTables.ConfigMap,
            [("", "Secret")] = CoreTables.Secret,
            [("", "ServiceAccount")] = CoreTables.ServiceAccount,
            [("", "ResourceQuota")] = CoreTables.ResourceQuota,
            [("", "ReplicationController")] = WorkloadTables.ReplicationController,
            [("", "Service")] = ServiceTable.Kind,
            [("", "Endpoints")] = NetworkTables.Endpoints,
            [("", "Event")] = EventTable.Core,
            [("", "PersistentVolume")] = StorageTables.PersistentVolume,
            [("", "PersistentVolumeClaim")] = StorageTables.PersistentVolumeClaim,
            [("events.k8s.io", "Event")] = EventTable.New,
            [("apps", "Deployment")] = WorkloadTables.Deployment,
            [("apps", "ReplicaSet")] = WorkloadTables.ReplicaSet,
            [("apps", "DaemonSet")] = WorkloadTables.DaemonSet,
            [("apps", "StatefulSet")] = WorkloadTables.StatefulSet,
            [("apps", "ControllerRevision")] = WorkloadTables.ControllerRevision,
            [("batch", "Job")] = BatchTables.Job,
            [("batch", "CronJob")] = BatchTables.CronJob,
            [("autoscaling", "Scale")] = ClusterTables.Scale,
            [("autoscaling", "HorizontalPodAutoscaler")] = AutoscalerTable.Kind,
            [("certificates.k8s.io", "CertificateSigningRequest")] = ClusterTables.CertificateSigningRequest,
            [("coordination.k8s.io", "Lease")] = ClusterTables.Lease,
            [("discovery.k8s.io", "EndpointSlice")] = NetworkTables.EndpointSlice,
            [("networking.k8s.io", "Ingress")] = NetworkTables.Ingress,
            [("networking.k8s.io", "NetworkPolicy")] = NetworkTables.NetworkPolicy,
            [("node.k8s.io", "RuntimeClass")] = ClusterTables.RuntimeClass,
            [("policy", "PodDisruptionBudget")] = ClusterTables.PodDisruptionBudget,
            [("rbac.authorization.k8s.io", "RoleBinding")] = RbacTables.RoleBinding,
            [("rbac.authorization.k8s.io", "ClusterRoleBinding")] = RbacTables.ClusterRoleBinding,
            [("scheduling.k8s.io", "PriorityClass")] = ClusterTables.PriorityClass,
            [("storage.k8s.io", "StorageClass")] = StorageTables.StorageClass,
            [("storage.k8s.io", "CSINode")] = StorageTables.CSINode,
            [("admissionregistration.k8s.io", "ValidatingWebhookConfiguration")] = ClusterTables.WebhookConfiguration,
            [("admissionregistration.k8s.io", "MutatingWebhookConfiguration")] = ClusterTables.WebhookConfiguration,
        }.ToFrozenDictionary();

    /// <summary>How a kind is printed.</summary>
    public static TableKind Of(string apiVersion, string kind)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return _kinds.GetValueOrDefault((slash < 0 ? "" : apiVersion[..slash], kind), _fallback);
    }
}
