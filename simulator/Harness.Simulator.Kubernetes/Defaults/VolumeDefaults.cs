using Harness.Kubernetes.Objects.Core.V1;

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

        if (source.HostPath is { HasType: false } hostPath)
        {
            hostPath.Type = "";
        }

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
        if (claim.Spec is { VolumeMode.Length: 0 } spec)
        {
            spec.VolumeMode = "Filesystem";
        }
    }

    private static void Apply(IEnumerable<DownwardAPIVolumeFile> files)
    {
        foreach (var field in files.Select(file => file.FieldRef).Where(field => field is { ApiVersion.Length: 0 }))
        {
            field.ApiVersion = "v1";
        }
    }
}
