using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Agent.Tests.Support;

/// <summary>Pods as a provider sends them, of shell scripts.</summary>
internal static class TestPod
{
    public const string LongRunning = "while :; do sleep 1; done";
    public const string IgnoresSigterm = "trap '' TERM; while :; do sleep 1; done";

    /// <summary>Unlike that of the same test in another run on this machine.</summary>
    public static string Uid(string name) => $"{name}-{Environment.ProcessId}";

    public static Pod Of(string name, params Container[] containers)
    {
        var pod = new Pod
        {
            Metadata = new ObjectMeta { Uid = Uid(name), Name = "pod-" + name, Namespace = "default" },
            Spec = new PodSpec { NodeName = "node-1", RestartPolicy = "Always", TerminationGracePeriodSeconds = 30 },
            Status = new PodStatus { PodIP = "127.0.0.1", HostIP = "127.0.0.1" },
        };
        pod.Spec.Containers.AddRange(containers);
        return pod;
    }

    public static Pod Script(string name, string script, string restartPolicy = "Always")
    {
        var pod = Of(name, Container("main", script));
        pod.Spec.RestartPolicy = restartPolicy;
        return pod;
    }

    public static Container Container(string name, string script) =>
        new() { Name = name, Image = "example/image:1", Command = { "/bin/sh", "-c" }, Args = { script } };

    /// <summary>What admission adds to every pod.</summary>
    public static Pod WithAdmission(Pod pod)
    {
        pod.Spec.Volumes.Add(new Volume
        {
            Name = "kube-api-access-x7k2p",
            VolumeSource = new VolumeSource { Projected = new ProjectedVolumeSource { DefaultMode = 420 } },
        });
        pod.Spec.ServiceAccountName = "default";
        pod.Spec.DnsPolicy = "ClusterFirst";
        pod.Spec.SchedulerName = "default-scheduler";
        pod.Spec.EnableServiceLinks = true;
        pod.Spec.SecurityContext = new PodSecurityContext();
        pod.Spec.Tolerations.Add(new Toleration { Key = "node.kubernetes.io/not-ready", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 300 });
        foreach (var container in pod.Spec.Containers)
        {
            container.ImagePullPolicy = "Always";
            container.TerminationMessagePath = "/dev/termination-log";
            container.TerminationMessagePolicy = "File";
            container.Resources = new ResourceRequirements();
            container.VolumeMounts.Add(new VolumeMount
            {
                Name = "kube-api-access-x7k2p", ReadOnly = true, MountPath = "/var/run/secrets/kubernetes.io/serviceaccount",
            });
        }

        return pod;
    }
}
