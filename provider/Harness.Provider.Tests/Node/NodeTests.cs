using Harness.Kubernetes.Objects.Core.V1;
using Harness.Provider.Configuration;
using Harness.Provider.Node;

namespace Harness.Provider.Tests.Node;

public sealed class NodeTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly NodeFacts Facts = new("fargate-ip-10-0-0-5.ec2.internal", "127.9.0.1", 40123, new NodeConfiguration(), "0.1.0");

    [Theory]
    [InlineData(null, "cluster")]
    [InlineData("", "cluster")]
    [InlineData("vk-1", "cluster-vk-1")]
    public void InterfaceName_IsTheClusterAndTheReplica(string? podName, string expected) =>
        Assert.Equal(expected, NodeIdentity.InterfaceName("cluster", podName));

    [Theory]
    [InlineData("ip-10-0-0-5.ec2.internal", "fargate-ip-10-0-0-5.ec2.internal")]
    [InlineData("IP-10-0-0-5.EC2.internal", "fargate-ip-10-0-0-5.ec2.internal")]
    [InlineData("", null)]
    [InlineData(" ", null)]
    [InlineData(null, null)]
    public void NameFor_NeverTheBarePrefix(string? dnsName, string? expected) => Assert.Equal(expected, NodeIdentity.NameFor(dnsName));

    [Fact]
    public void Make_HasLabelsTaintCapacityAndEndpoint()
    {
        var node = NodeDocument.Make(Facts, Start);
        Assert.Equal("virtual-kubelet", node.Metadata.Labels["type"]);
        Assert.Equal("agent", node.Metadata.Labels["kubernetes.io/role"]);
        Assert.Equal(Facts.Name, node.Metadata.Labels["kubernetes.io/hostname"]);
        Assert.Equal("true", node.Metadata.Labels["node.kubernetes.io/exclude-from-external-load-balancers"]);
        Assert.False(node.Metadata.Labels.ContainsKey("kubernetes.io/arch"));
        Assert.Equal(new Taint { Key = "virtual-kubelet.io/provider", Value = "aws", Effect = "NoSchedule" }, Assert.Single(node.Spec.Taints));
        Assert.Equal(["20", "40Gi", "200"], new[] { "cpu", "memory", "pods" }.Select(name => node.Status.Capacity[name].String));
        Assert.Equal(40123, node.Status.DaemonEndpoints.KubeletEndpoint.Port);
        Assert.Equal(("InternalIP", "127.9.0.1"), (node.Status.Addresses[0].Type, node.Status.Addresses[0].Address));
        Assert.Equal("amd64", node.Status.NodeInfo.Architecture);
    }

    [Theory]
    [InlineData("Ready", "True")]
    [InlineData("MemoryPressure", "False")]
    [InlineData("DiskPressure", "False")]
    [InlineData("PIDPressure", "False")]
    [InlineData("NetworkUnavailable", "False")]
    [InlineData("KubeletConfigOk", "True")]
    public void Make_HasTheConditions(string type, string status) =>
        Assert.Equal(status, Assert.Single(NodeDocument.Make(Facts, Start).Status.Conditions, condition => condition.Type == type).Status);

    [Fact]
    public void Status_TransitionTimesStayWhileNothingChanges()
    {
        var first = NodeDocument.Status(Facts, null, Start);
        var second = NodeDocument.Status(Facts with { SweepStopped = true }, first, Start.AddMinutes(1));
        foreach (var condition in second.Conditions)
        {
            var since = condition.Type == "InstanceSweepStopped" ? Start.AddMinutes(1) : Start;
            Assert.Equal(since, condition.LastTransitionTime.ToDateTimeOffset());
            Assert.Equal(Start.AddMinutes(1), condition.LastHeartbeatTime.ToDateTimeOffset());
        }
    }
}
