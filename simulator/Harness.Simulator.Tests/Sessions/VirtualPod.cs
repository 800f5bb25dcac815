using System.Text;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Json;
using Harness.Simulator.Ec2.World;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>Makes a good pod for the virtual node, which a test then spoils: one process that sleeps and ends when asked to. Pure.</summary>
internal static class VirtualPod
{
    public const string Annotations = "compute.amazonaws.com/";

    public static Pod Named(string name, Action<Pod>? change = null)
    {
        var pod = KubernetesJson.Read<Pod>(Encoding.UTF8.GetBytes(
            $$"""
            {
              "metadata": {
                "name": "{{name}}", "namespace": "default",
                "annotations": { "{{Annotations}}instance-type": "m5.large", "{{Annotations}}image-id": "{{SeedWorld.LinuxX64ImageId}}" }
              },
              "spec": {
                "nodeSelector": { "type": "virtual-kubelet" },
                "tolerations": [ { "key": "virtual-kubelet.io/provider", "operator": "Exists", "effect": "NoSchedule" } ],
                "terminationGracePeriodSeconds": 2,
                "containers": [ { "name": "main", "image": "file:/bin/sleep", "command": ["/bin/sleep", "100000"] } ]
              }
            }
            """));
        change?.Invoke(pod);
        return pod;
    }
}
