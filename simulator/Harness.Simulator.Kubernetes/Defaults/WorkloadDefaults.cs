using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.IntStr;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Simulator.Kubernetes.Defaults;

/// <summary>What the API server fills into the objects that keep pods running. Pure.</summary>
internal static class WorkloadDefaults
{
    private const int RevisionHistoryLimit = 10;
    private const int ProgressDeadlineSeconds = 600;

    public static void Apply(Deployment deployment)
    {
        var spec = deployment.Spec ??= new DeploymentSpec();
        deployment.Status ??= new DeploymentStatus();
        Apply(spec.Template ??= new PodTemplateSpec());
        spec.Replicas = spec.HasReplicas ? spec.Replicas : 1;
        spec.RevisionHistoryLimit = spec.HasRevisionHistoryLimit ? spec.RevisionHistoryLimit : RevisionHistoryLimit;
        spec.ProgressDeadlineSeconds = spec.HasProgressDeadlineSeconds ? spec.ProgressDeadlineSeconds : ProgressDeadlineSeconds;
        var strategy = spec.Strategy ??= new DeploymentStrategy();
        strategy.Type = OrDefault(strategy.Type, "RollingUpdate");
        if (strategy.Type == "RollingUpdate")
        {
            strategy.RollingUpdate ??= new RollingUpdateDeployment();
            strategy.RollingUpdate.MaxUnavailable ??= IntOrString.Of("25%");
            strategy.RollingUpdate.MaxSurge ??= IntOrString.Of("25%");
        }
    }

    public static void Apply(ReplicaSet replicaSet)
    {
        var spec = replicaSet.Spec ??= new ReplicaSetSpec();
        replicaSet.Status ??= new ReplicaSetStatus();
        Apply(spec.Template ??= new PodTemplateSpec());
        spec.Replicas = spec.HasReplicas ? spec.Replicas : 1;
    }

    public static void Apply(StatefulSet statefulSet)
    {
        var spec = statefulSet.Spec ??= new StatefulSetSpec();
        statefulSet.Status ??= new StatefulSetStatus();
        Apply(spec.Template ??= new PodTemplateSpec());
        spec.Replicas = spec.HasReplicas ? spec.Replicas : 1;
        spec.RevisionHistoryLimit = spec.HasRevisionHistoryLimit ? spec.RevisionHistoryLimit : RevisionHistoryLimit;
        spec.PodManagementPolicy = OrDefault(spec.PodManagementPolicy, "OrderedReady");
        spec.PersistentVolumeClaimRetentionPolicy ??= new StatefulSetPersistentVolumeClaimRetentionPolicy
        {
            WhenDeleted = "Retain",
            WhenScaled = "Retain",
        };
        var strategy = spec.UpdateStrategy ??= new StatefulSetUpdateStrategy();
        strategy.Type = OrDefault(strategy.Type, "RollingUpdate");
        if (strategy.Type == "RollingUpdate")
        {
            strategy.RollingUpdate ??= new RollingUpdateStatefulSetStrategy();
            strategy.RollingUpdate.Partition = strategy.RollingUpdate.HasPartition ? strategy.RollingUpdate.Partition : 0;
        }

        foreach (var claim in spec.VolumeClaimTemplates)
        {
            StorageDefaults.Apply(claim);
        }
    }

    public static void Apply(DaemonSet daemonSet)
    {
        var spec = daemonSet.Spec ??= new DaemonSetSpec();
        daemonSet.Status ??= new DaemonSetStatus();
        Apply(spec.Template ??= new PodTemplateSpec());
        spec.RevisionHistoryLimit = spec.HasRevisionHistoryLimit ? spec.RevisionHistoryLimit : RevisionHistoryLimit;
        var strategy = spec.UpdateStrategy ??= new DaemonSetUpdateStrategy();
        strategy.Type = OrDefault(strategy.Type, "RollingUpdate");
        if (strategy.Type == "RollingUpdate")
        {
            strategy.RollingUpdate ??= new RollingUpdateDaemonSet();
            strategy.RollingUpdate.MaxUnavailable ??= IntOrString.Of(1);
            strategy.RollingUpdate.MaxSurge ??= IntOrString.Of(0);
        }
    }

    public static void Apply(PodTemplateSpec template)
    {
        template.Metadata ??= new ObjectMeta();
        PodSpecDefaults.Apply(template.Spec ??= new PodSpec());
    }

    private static string OrDefault(string value, string fallback) => value.Length == 0 ? fallback : value;
}
