using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Batch.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Simulator.Kubernetes.Tests.Controllers;

/// <summary>Objects to begin a test with; the test changes what it is about.</summary>
internal static class Samples
{
    public static PodTemplateSpec Template(string image = "app:1") => new()
    {
        Metadata = new ObjectMeta { Labels = { ["app"] = "hello" } },
        Spec = new PodSpec { Containers = { new Container { Name = "c", Image = image } } },
    };

    public static LabelSelector Selector => new() { MatchLabels = { ["app"] = "hello" } };

    public static Pod Pod(string name, string node = "") => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = TestApi.Space, Labels = { ["app"] = "hello" } },
        Spec = node.Length > 0
            ? new PodSpec { NodeName = node, Containers = { new Container { Name = "c", Image = "app:1" } } }
            : new PodSpec { Containers = { new Container { Name = "c", Image = "app:1" } } },
    };

    public static ReplicaSet ReplicaSet(int replicas, string name = "hello") => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = TestApi.Space },
        Spec = new ReplicaSetSpec { Replicas = replicas, Selector = Selector, Template = Template() },
    };

    public static Deployment Deployment(int replicas) => new()
    {
        Metadata = new ObjectMeta { Name = "hello", Namespace = TestApi.Space },
        Spec = new DeploymentSpec { Replicas = replicas, Selector = Selector, Template = Template() },
    };

    public static DaemonSet DaemonSet() => new()
    {
        Metadata = new ObjectMeta { Name = "hello", Namespace = TestApi.Space, Uid = "daemon-uid" },
        Spec = new DaemonSetSpec { Selector = Selector, Template = Template() },
    };

    public static Job Job(int completions, int parallelism = 1) => new()
    {
        Metadata = new ObjectMeta { Name = "hello", Namespace = TestApi.Space },
        Spec = new JobSpec
        {
            Completions = completions,
            Parallelism = parallelism,
            Template = new PodTemplateSpec { Spec = new PodSpec { RestartPolicy = "Never", Containers = { new Container { Name = "c", Image = "app:1" } } } },
        },
    };

    /// <summary>A node that is well, with room for <paramref name="pods"/> pods.</summary>
    public static Node Node(string name, int pods = 110, Time? heartbeat = null) => new()
    {
        Metadata = new ObjectMeta { Name = name, Labels = { ["kubernetes.io/hostname"] = name } },
        Spec = new NodeSpec(),
        Status = new NodeStatus
        {
            Allocatable =
            {
                ["cpu"] = Quantity("8"),
                ["memory"] = Quantity("16Gi"),
                ["pods"] = Quantity(pods.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            },
            Conditions = { new NodeCondition { Type = "Ready", Status = "True", LastHeartbeatTime = heartbeat, LastTransitionTime = heartbeat } },
        },
    };

    public static Harness.Kubernetes.Objects.Resource.Quantity Quantity(string text) => new() { String = text };

    public static void MakeReady(Pod pod, Time since)
    {
        pod.Status ??= new PodStatus();
        pod.Status.Phase = "Running";
        pod.Status.PodIP = "10.0.0.9";
        pod.Status.Conditions.Add(new PodCondition { Type = "Ready", Status = "True", LastTransitionTime = since });
    }
}
