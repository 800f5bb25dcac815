using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Simulator.Kubernetes.Defaults;

/// <summary>
/// What the default admission plugins add to a new pod: the service account and its token volume, the tolerations for a
/// node that is not ready or unreachable, and the priority. Pure.
/// </summary>
internal static class PodAdmission
{
    /// <summary>On what a kubelet mirrors of its static pods, which have no service account.</summary>
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";

    private const string TokenVolumePrefix = "kube-api-access-";
    private const string TokenMountPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const long TokenSeconds = 3607;
    private const long TolerationSeconds = 300;
    private static readonly string[] ToleratedKeys = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    /// <param name="pod">The pod, with its defaults applied.</param>
    /// <param name="suffix">Gives five random characters for the token volume's name.</param>
    public static void Apply(Pod pod, Func<string> suffix)
    {
        var spec = pod.Spec;
        if (!pod.Metadata.Annotations.ContainsKey(MirrorAnnotation))
        {
            GiveServiceAccount(spec, suffix);
        }

        Tolerate(spec);
        if (!spec.HasPriority)
        {
            spec.Priority = PriorityOf(spec.PriorityClassName);
        }

        if (spec.PreemptionPolicy.Length == 0)
        {
            spec.PreemptionPolicy = "PreemptLowerPriority";
        }
    }

    private static void GiveServiceAccount(PodSpec spec, Func<string> suffix)
    {
        if (spec.ServiceAccountName.Length == 0)
        {
            spec.ServiceAccountName = "default";
        }

        spec.ServiceAccount = spec.ServiceAccountName;
        if (!spec.HasAutomountServiceAccountToken || spec.AutomountServiceAccountToken)
        {
            MountToken(spec, suffix);
        }
    }

    private static int PriorityOf(string className) => className switch
    {
        "system-cluster-critical" => 2_000_000_000,
        "system-node-critical" => 2_000_001_000,
        _ => 0,
    };

    private static void Tolerate(PodSpec spec)
    {
        foreach (var key in ToleratedKeys.Where(key => !spec.Tolerations.Any(toleration => Covers(toleration, key))).ToList())
        {
            spec.Tolerations.Add(new Toleration { Key = key, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = TolerationSeconds });
        }
    }

    private static bool Covers(Toleration toleration, string key) =>
        (toleration.Key == key || toleration.Key.Length == 0)
        && toleration.Effect is "NoExecute" or "";

    private static void MountToken(PodSpec spec, Func<string> suffix)
    {
        var containers = spec.InitContainers.Concat(spec.Containers)
            .Where(container => container.VolumeMounts.All(mount => mount.MountPath != TokenMountPath))
            .ToList();
        if (containers.Count == 0)
        {
            return;
        }

        var name = spec.Volumes.FirstOrDefault(volume => volume.Name.StartsWith(TokenVolumePrefix, StringComparison.Ordinal))?.Name;
        if (name is null)
        {
            name = TokenVolumePrefix + suffix();
            spec.Volumes.Add(TokenVolume(name));
        }

        foreach (var container in containers)
        {
            container.VolumeMounts.Add(new VolumeMount { Name = name, ReadOnly = true, MountPath = TokenMountPath });
        }
    }

    private static Volume TokenVolume(string name)
    {
        var projected = new ProjectedVolumeSource { DefaultMode = 0b110_100_100 };
        projected.Sources.Add(new VolumeProjection
        {
            ServiceAccountToken = new ServiceAccountTokenProjection { ExpirationSeconds = TokenSeconds, Path = "token" },
        });
        projected.Sources.Add(new VolumeProjection
        {
            ConfigMap = new ConfigMapProjection
            {
                LocalObjectReference = new LocalObjectReference { Name = "kube-root-ca.crt" },
                Items = { new KeyToPath { Key = "ca.crt", Path = "ca.crt" } },
            },
        });
        projected.Sources.Add(new VolumeProjection
        {
            DownwardAPI = new DownwardAPIProjection
            {
                Items =
                {
                    new DownwardAPIVolumeFile
                    {
                        Path = "namespace",
                        FieldRef = new ObjectFieldSelector { ApiVersion = "v1", FieldPath = "metadata.namespace" },
                    },
                },
            },
        });
        return new Volume { Name = name, VolumeSource = new VolumeSource { Projected = projected } };
    }
}
