using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Resource;

namespace Harness.Provider.Node;

/// <summary>Makes the Node object and its status. Pure.</summary>
internal static class NodeDocument
{
    /// <summary>The kubelet version that kubectl shows: one of Kubernetes, then ours.</summary>
    private const string KubernetesVersion = "v1.34.0";

    public static Kubernetes.Objects.Core.V1.Node Make(NodeFacts facts, DateTimeOffset now) => new()
    {
        Metadata = new ObjectMeta { Name = facts.Name, Labels = { Labels(facts) } },
        Spec = new NodeSpec { Taints = { Taint(facts) } },
        Status = Status(facts, null, now),
    };

    public static IDictionary<string, string> Labels(NodeFacts facts)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["type"] = "virtual-kubelet",
            ["kubernetes.io/role"] = "agent",
            ["beta.kubernetes.io/os"] = facts.Configuration.OperatingSystem,
            ["kubernetes.io/os"] = facts.Configuration.OperatingSystem,
            ["kubernetes.io/hostname"] = facts.Name,
            ["alpha.service-controller.kubernetes.io/exclude-balancer"] = "true",
            ["node.kubernetes.io/exclude-from-external-load-balancers"] = "true",
        };
        foreach (var (key, value) in facts.Configuration.Labels)
        {
            labels[key] = value;
        }

        return labels;
    }

    public static Taint Taint(NodeFacts facts) =>
        new() { Key = WellKnown.ProviderTaint, Value = facts.Configuration.ProviderName, Effect = "NoSchedule" };

    public static NodeStatus Status(NodeFacts facts, NodeStatus? current, DateTimeOffset now)
    {
        var capacity = Capacity(facts);
        return new NodeStatus
        {
            Capacity = { capacity },
            Allocatable = { capacity },
            Addresses =
            {
                new NodeAddress { Type = "InternalIP", Address = facts.NodeIp },
                new NodeAddress { Type = "Hostname", Address = facts.Name },
            },
            Conditions = { Conditions(facts, current, now) },
            DaemonEndpoints = new NodeDaemonEndpoints { KubeletEndpoint = new DaemonEndpoint { Port = facts.KubeletPort } },
            NodeInfo = new NodeSystemInfo
            {
                Architecture = facts.Configuration.Architecture,
                OperatingSystem = facts.Configuration.OperatingSystem,
                KubeletVersion = $"{KubernetesVersion}-vk-{facts.Version}",
                KubeProxyVersion = "",
                ContainerRuntimeVersion = "ec2://",
                OsImage = "EC2",
                KernelVersion = "",
                MachineID = "",
                SystemUUID = "",
                BootID = "",
            },
        };
    }

    private static Dictionary<string, Quantity> Capacity(NodeFacts facts) => new()
    {
        ["cpu"] = Quantity.Of(facts.Configuration.Cpu),
        ["memory"] = Quantity.Of(facts.Configuration.Memory),
        ["ephemeral-storage"] = Quantity.Of(facts.Configuration.Storage),
        ["pods"] = Quantity.Of(facts.Configuration.Pods.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    };

    private static IEnumerable<NodeCondition> Conditions(NodeFacts facts, NodeStatus? current, DateTimeOffset now) =>
    [
        Condition("Ready", true, "KubeletReady", "the provider is ready", current, now),
        Condition("MemoryPressure", false, "KubeletHasSufficientMemory", "instances bring their own memory", current, now),
        Condition("DiskPressure", false, "KubeletHasNoDiskPressure", "instances bring their own disks", current, now),
        Condition("PIDPressure", false, "KubeletHasSufficientPID", "instances bring their own processes", current, now),
        Condition("NetworkUnavailable", false, "RouteCreated", "instances bring their own network", current, now),
        Condition("KubeletConfigOk", true, "ConfigurationRead", "the configuration was read", current, now),
        Condition(
            "InstanceSweepStopped", facts.SweepStopped, facts.SweepStopped ? "TooManyOrphans" : "SweepRuns",
            facts.SweepStopped ? "more instances seem to belong to no pod than a period may end" : "instances without a pod are ended", current, now),
    ];

    private static NodeCondition Condition(string type, bool isTrue, string reason, string message, NodeStatus? current, DateTimeOffset now)
    {
        var status = isTrue ? "True" : "False";
        var before = current?.Conditions.FirstOrDefault(condition => condition.Type == type);
        return new NodeCondition
        {
            Type = type,
            Status = status,
            Reason = reason,
            Message = message,
            LastHeartbeatTime = Time.Of(now),
            LastTransitionTime = before?.Status == status && before.LastTransitionTime is { } since ? since : Time.Of(now),
        };
    }
}
