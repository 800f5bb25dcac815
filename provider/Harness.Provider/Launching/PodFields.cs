using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Provider.Launching;

/// <summary>
/// The fields that the provider would have to fulfil and cannot: refused by name before anything is bought. What only the agent can judge
/// is left to it (it refuses with INVALID_ARGUMENT); what admission adds to every pod is passed on. Pure.
/// </summary>
internal static class PodFields
{
    private const string AdmissionVolumePrefix = "kube-api-access-";
    private const string AdmissionMountPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>One sentence naming every such field, or null.</summary>
    public static string? Refusal(Pod pod)
    {
        if (pod.Spec is not { } spec)
        {
            return null;
        }

        List<string> fields = [.. Volumes(spec), .. spec.Containers.SelectMany(Environment), .. spec.InitContainers.SelectMany(Environment)];
        return fields.Count == 0
            ? null
            : $"The pod cannot be launched on an instance; not supported: {string.Join(", ", fields)}. Take them out of the pod.";
    }

    private static IEnumerable<string> Volumes(PodSpec spec) =>
        from volume in spec.Volumes
        where !IsOfAdmission(volume, spec)
        let source = volume.VolumeSource
        where source is not null && source.EmptyDir is null && source.HostPath is null
        select $"volume {volume.Name}";

    /// <summary>Before Kubernetes 1.21 the volume is a Secret named like default-token-x7k2p, which only its place in the containers tells.</summary>
    private static bool IsOfAdmission(Volume volume, PodSpec spec)
    {
        var mounts = spec.Containers.Concat(spec.InitContainers).SelectMany(container => container.VolumeMounts).Where(mount => mount.Name == volume.Name).ToList();
        return volume.Name.StartsWith(AdmissionVolumePrefix, StringComparison.Ordinal)
            || (volume.VolumeSource?.Secret is not null && mounts.Count > 0 && mounts.TrueForAll(mount => mount.MountPath == AdmissionMountPath));
    }

    private static IEnumerable<string> Environment(Container container)
    {
        foreach (var from in container.EnvFrom)
        {
            yield return $"container {container.Name} envFrom {from.ConfigMapRef?.LocalObjectReference?.Name ?? from.SecretRef?.LocalObjectReference?.Name}";
        }

        foreach (var variable in container.Env.Where(variable => variable.ValueFrom is { } from && (from.ConfigMapKeyRef ?? (object?)from.SecretKeyRef) is not null))
        {
            yield return $"container {container.Name} env {variable.Name} (valueFrom a ConfigMap or Secret)";
        }
    }
}
