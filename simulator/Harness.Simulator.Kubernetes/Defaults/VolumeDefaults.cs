using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Resource;

namespace Harness.Simulator.Kubernetes.Defaults;

/// <summary>What the API server fills into a volume. Pure.</summary>
internal static class VolumeDefaults
{
    private const int Mode = 0b110_100_100;
    private const long TokenSeconds = 3600;

    public static void Apply(Volume volume)
    {
        volume.VolumeSource ??= new VolumeSource();
        var source = volume.VolumeSource;
        if (source.CalculateSize() == 0)
        {
            source.EmptyDir = new EmptyDirVolumeSource();
        }

        if (source.ConfigMap is { HasDefaultMode: false } configMap)
        {
            configMap.DefaultMode = Mode;
        }

        if (source.Secret is { HasDefaultMode: false } secret)
        {
            secret.DefaultMode = Mode;
        }

        Apply(source.HostPath);
        if (source.DownwardAPI is { } downward)
        {
            Apply(downward);
        }

        if (source.Projected is { } projected)
        {
            Apply(projected);
        }

        if (source.Ephemeral?.VolumeClaimTemplate is { } claim)
        {
            Apply(claim);
        }
    }

    /// <summary>Any file or folder is good, unless the source says otherwise.</summary>
    public static void Apply(HostPathVolumeSource? source)
    {
        if (source is { HasType: false })
        {
            source.Type = "";
        }
    }

    private static void Apply(DownwardAPIVolumeSource downward)
    {
        Apply(downward.Items);
        if (!downward.HasDefaultMode)
        {
            downward.DefaultMode = Mode;
        }
    }

    private static void Apply(ProjectedVolumeSource projected)
    {
        if (!projected.HasDefaultMode)
        {
            projected.DefaultMode = Mode;
        }

        foreach (var source in projected.Sources)
        {
            Apply(source.DownwardAPI?.Items ?? []);
            if (source.ServiceAccountToken is { HasExpirationSeconds: false } token)
            {
                token.ExpirationSeconds = TokenSeconds;
            }
        }
    }

    private static void Apply(PersistentVolumeClaimTemplate claim)
    {
        claim.Metadata ??= new();
        StorageDefaults.Apply(claim.Spec);
    }

    private static void Apply(IEnumerable<DownwardAPIVolumeFile> files)
    {
        foreach (var file in files)
        {
            if (file.FieldRef is { ApiVersion.Length: 0 } field)
            {
                field.ApiVersion = "v1";
            }

            if (file.ResourceFieldRef is { Divisor: null or { HasString: false } } resource)
            {
                resource.Divisor = new Quantity { String = "0" };
            }
        }
    }
}
