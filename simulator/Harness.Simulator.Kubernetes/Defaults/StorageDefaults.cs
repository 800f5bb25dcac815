using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Storage.V1;

namespace Harness.Simulator.Kubernetes.Defaults;

/// <summary>
/// What the API server fills into claims, volumes and storage classes. The finalizers that protect claims and volumes in use are not
/// given: no controller here would take them away. Pure.
/// </summary>
internal static class StorageDefaults
{
    private const string Filesystem = "Filesystem";
    private const string Pending = "Pending";

    public static void Apply(PersistentVolumeClaim claim)
    {
        Apply(claim.Spec);
        claim.Status ??= new PersistentVolumeClaimStatus();
        claim.Status.Phase = claim.Status.Phase.Length == 0 ? Pending : claim.Status.Phase;
    }

    public static void Apply(PersistentVolumeClaimSpec? spec)
    {
        if (spec is { VolumeMode.Length: 0 })
        {
            spec.VolumeMode = Filesystem;
        }

        if (spec is { DataSource: { } source, DataSourceRef: null })
        {
            spec.DataSourceRef = new TypedObjectReference { Kind = source.Kind, Name = source.Name };
            if (source.HasApiGroup)
            {
                spec.DataSourceRef.ApiGroup = source.ApiGroup;
            }
        }
    }

    public static void Apply(PersistentVolume volume)
    {
        var spec = volume.Spec ??= new PersistentVolumeSpec();
        VolumeDefaults.Apply(spec.PersistentVolumeSource?.HostPath);
        spec.PersistentVolumeReclaimPolicy = spec.PersistentVolumeReclaimPolicy.Length == 0 ? "Retain" : spec.PersistentVolumeReclaimPolicy;
        spec.VolumeMode = spec.VolumeMode.Length == 0 ? Filesystem : spec.VolumeMode;
        volume.Status ??= new PersistentVolumeStatus();
        volume.Status.Phase = volume.Status.Phase.Length == 0 ? Pending : volume.Status.Phase;
    }

    public static void Apply(StorageClass value)
    {
        value.ReclaimPolicy = value.ReclaimPolicy.Length == 0 ? "Delete" : value.ReclaimPolicy;
        value.VolumeBindingMode = value.VolumeBindingMode.Length == 0 ? "Immediate" : value.VolumeBindingMode;
    }
}
