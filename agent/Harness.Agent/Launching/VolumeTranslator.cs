using System.Collections.Immutable;
using Harness.Agent.Applications;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Agent.Launching;

/// <summary>Turns a pod's volumes and the mounts of its containers into specs, gathering refusals. Lives for one translation.</summary>
internal sealed class VolumeTranslator(Pod pod, RuntimeAbilities abilities, Refusals refusals, SortedSet<string> passedOver)
{
    private const string ServiceAccountVolume = "kube-api-access-";
    private const string ServiceAccountPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    public ImmutableArray<VolumeSpec> Volumes() => [.. pod.Spec.Volumes.Select(Translate).OfType<VolumeSpec>()];

    public ImmutableArray<MountSpec> Mounts(Container container, string path, IReadOnlyDictionary<string, string> variables)
    {
        var mounts = ImmutableArray.CreateBuilder<MountSpec>();
        foreach (var mount in container.VolumeMounts)
        {
            var field = $"{path}.volumeMounts[{mount.Name}]";
            if (!pod.Spec.Volumes.Any(volume => volume.Name == mount.Name))
            {
                refusals.Add(field, "the pod has no such volume");
            }
            else if (!IsServiceAccountMount(mount) && !abilities.Simulated && !abilities.Instance.Value.Namespaces)
            {
                refusals.Add(field, "this instance gives the agent no mount namespaces (it needs root); remove it");
            }
            else if (Translate(mount, field, variables) is { } spec)
            {
                mounts.Add(spec);
            }
        }

        return mounts.ToImmutable();
    }

    /// <summary>A mount of the volume that admission adds to every pod.</summary>
    private static bool IsServiceAccountMount(VolumeMount mount) =>
        mount.Name.StartsWith(ServiceAccountVolume, StringComparison.Ordinal) || mount.MountPath == ServiceAccountPath;

    private static bool IsPlainPath(string path) => !path.Contains('\0') && !path.Split('/').Contains("..");

    private MountSpec? Translate(VolumeMount mount, string field, IReadOnlyDictionary<string, string> variables)
    {
        if (mount.MountPropagation is not ("" or "None") || mount.RecursiveReadOnly is not ("" or "Disabled"))
        {
            refusals.NotSupported($"{field}.{(mount.MountPropagation is "" or "None" ? "recursiveReadOnly" : "mountPropagation")}");
        }

        var subPath = mount.SubPathExpr.Length > 0 ? VariableExpansion.Expand(mount.SubPathExpr, variables) : mount.SubPath;
        if (!mount.MountPath.StartsWith('/') || mount.MountPath == "/" || !IsPlainPath(mount.MountPath))
        {
            refusals.Add($"{field}.mountPath", $"\"{mount.MountPath}\" is not an absolute path below the root");
            return null;
        }

        if (subPath.StartsWith('/') || !IsPlainPath(subPath))
        {
            refusals.Add($"{field}.subPath", $"\"{subPath}\" does not stay inside the volume");
            return null;
        }

        return new MountSpec(mount.Name, "/" + mount.MountPath.Trim('/'), subPath, mount.ReadOnly);
    }

    private VolumeSpec? Translate(Volume volume)
    {
        var field = $"spec.volumes[{volume.Name}]";
        if (volume.Name.Length is 0 or > 63 || !volume.Name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'))
        {
            refusals.Add(field, "the name is not a DNS label");
            return null;
        }

        if (IsServiceAccountVolume(volume))
        {
            passedOver.Add(volume.Name);
            return new VolumeSpec(volume.Name, VolumeKind.Input) { MayBeMissing = true };
        }

        var source = volume.VolumeSource;
        return source switch
        {
            { EmptyDir: { } emptyDir } => EmptyDir(volume.Name, emptyDir, field),
            { HostPath: { } hostPath } => HostPath(volume.Name, hostPath, field),
            { ConfigMap: not null } or { Secret: not null } or { Projected: not null } or { DownwardAPI: not null } =>
                new VolumeSpec(volume.Name, VolumeKind.Input),
            _ => Unsupported(field, source),
        };
    }

    /// <summary>Before Kubernetes 1.21 that volume is a Secret named like default-token-x7k2p, which only its place in the containers tells.</summary>
    private bool IsServiceAccountVolume(Volume volume)
    {
        var mounts = pod.Spec.Containers.Concat(pod.Spec.InitContainers)
            .SelectMany(container => container.VolumeMounts)
            .Where(mount => mount.Name == volume.Name)
            .ToList();
        return volume.Name.StartsWith(ServiceAccountVolume, StringComparison.Ordinal)
            || (volume.VolumeSource?.Secret is not null && mounts.Count > 0 && mounts.TrueForAll(IsServiceAccountMount));
    }

    private VolumeSpec? Unsupported(string field, VolumeSource? source)
    {
        var kind = source is null ? null : SetFields.Of(source).FirstOrDefault();
        refusals.NotSupported(kind is null ? field : $"{field}.{kind}");
        return null;
    }

    private VolumeSpec? EmptyDir(string name, EmptyDirVolumeSource source, string field)
    {
        if (source.Medium is not ("" or "Memory"))
        {
            refusals.NotSupported($"{field}.emptyDir.medium");
            return null;
        }

        var limit = source.SizeLimit is { } quantity ? QuantityReading.Read(quantity) : null;
        if (limit is not null && source.Medium.Length == 0)
        {
            // The kubelet evicts pods for this; nothing here measures folders.
            passedOver.Add($"{field}.emptyDir.sizeLimit");
        }

        return new VolumeSpec(name, VolumeKind.EmptyDir) { InMemory = source.Medium == "Memory", SizeLimitBytes = limit };
    }

    private VolumeSpec? HostPath(string name, HostPathVolumeSource source, string field)
    {
        if (!source.Path.StartsWith('/') || !IsPlainPath(source.Path))
        {
            refusals.Add($"{field}.hostPath.path", $"\"{source.Path}\" is not an absolute path without \"..\"");
            return null;
        }

        var path = "/" + source.Path.Trim('/');
        if (!abilities.HostPaths.Any(allowed => path == allowed || path.StartsWith(allowed.TrimEnd('/') + "/", StringComparison.Ordinal)))
        {
            refusals.Add($"{field}.hostPath.path", $"\"{path}\" is not open to pods on this instance; its operator may allow it (--host-path)");
            return null;
        }

        return new VolumeSpec(name, VolumeKind.HostPath) { HostPath = path, HostPathType = source.Type };
    }
}
