using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Scheduling;
using Harness.Simulator.Kubernetes.Tests.Controllers;

namespace Harness.Simulator.Kubernetes.Tests.Scheduling;

public sealed class PlacementTests
{
    private const string Selector = "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.";

    /// <summary>What is asked of one node with the labels type=virtual and size=4, 8 CPUs, 16 GiB and room for 2 pods.</summary>
    public static TheoryData<string, string> Asked => new()
    {
        { "nothing", "" },
        { "selector type=virtual", "" },
        { "selector type=other", Selector },
        { "affinity type In virtual,other", "" },
        { "affinity type NotIn virtual", Selector },
        { "affinity type Exists", "" },
        { "affinity none Exists", Selector },
        { "affinity none DoesNotExist", "" },
        { "affinity size Gt 3", "" },
        { "affinity size Gt 4", Selector },
        { "affinity size Lt 5", "" },
        { "name n", "" },
        { "name m", Selector },
        { "cpu 8", "" },
        { "cpu 8001m", "0/1 nodes are available: 1 Insufficient cpu." },
        { "memory 17Gi", "0/1 nodes are available: 1 Insufficient memory." },
        { "example.com/mac 1", "0/1 nodes are available: 1 Insufficient example.com/mac." },
    };

    [Theory]
    [MemberData(nameof(Asked))]
    public void Find_PodThatAsks_GetsTheNodeOrTheReason(string asked, string message)
    {
        var placement = Placement.Find(Asking(asked), [new NodeSlot(Node())]);
        Assert.Equal(message, placement.Message);
        Assert.Equal(message.Length == 0 ? "n" : null, placement.Node);
    }

    [Theory]
    [InlineData("", "", "", false)]
    [InlineData("k", "Equal", "v", true)]
    [InlineData("k", "", "v", true)]
    [InlineData("k", "Equal", "w", false)]
    [InlineData("k", "Exists", "", true)]
    [InlineData("", "Exists", "", true)]
    [InlineData("j", "Exists", "", false)]
    public void Find_TaintedNode_NeedsAToleration(string key, string comparison, string value, bool fits)
    {
        var node = Node();
        node.Spec.Taints.Add(new Taint { Key = "k", Value = "v", Effect = "NoSchedule" });
        node.Spec.Taints.Add(new Taint { Key = "p", Effect = "PreferNoSchedule" });
        var pod = Samples.Pod("p");
        if (key.Length + comparison.Length > 0)
        {
            pod.Spec.Tolerations.Add(new Toleration { Key = key, Operator = comparison, Value = value });
        }

        var placement = Placement.Find(pod, [new NodeSlot(node)]);
        Assert.Equal(fits ? "" : "0/1 nodes are available: 1 node(s) had untolerated taint {k: v}.", placement.Message);
    }

    [Fact]
    public void Find_Unschedulable_SaysSo()
    {
        var node = Node();
        node.Spec.Unschedulable = true;
        Assert.Equal("0/1 nodes are available: 1 node(s) were unschedulable.", Placement.Find(Samples.Pod("p"), [new NodeSlot(node)]).Message);
    }

    [Fact]
    public void Find_NoNodes_SaysSo() => Assert.Equal("no nodes available to schedule pods", Placement.Find(Samples.Pod("p"), []).Message);

    [Fact]
    public void Find_SeveralReasons_CountsThem()
    {
        var tainted = Node();
        tainted.Spec.Taints.Add(new Taint { Key = "k", Value = "v", Effect = "NoExecute" });
        var message = Placement.Find(Asking("cpu 100"), [new NodeSlot(Node()), new NodeSlot(Node()), new NodeSlot(tainted)]).Message;
        Assert.Equal("0/3 nodes are available: 1 node(s) had untolerated taint {k: v}, 2 Insufficient cpu.", message);
    }

    [Fact]
    public void Find_ManyPods_FillsTheNodesEvenlyUntilThereIsNoRoom()
    {
        var other = Node();
        other.Metadata.Name = "m";
        NodeSlot[] slots = [new NodeSlot(Node()), new NodeSlot(other)];
        var nodes = Enumerable.Range(0, 4).Select(_ => Placement.Find(Samples.Pod("p"), slots).Node).ToList();
        Assert.Equal(2, nodes.Count(name => name == "n"));
        Assert.Equal("0/2 nodes are available: 2 Too many pods.", Placement.Find(Samples.Pod("p"), slots).Message);
    }

    [Fact]
    public void Of_InitContainersAndSidecars_CountsWhatRunsAtOnce()
    {
        var pod = Asking("cpu 1");
        pod.Spec.InitContainers.Add(Requesting("3", sidecar: false));
        pod.Spec.InitContainers.Add(Requesting("1", sidecar: true));
        pod.Spec.Overhead["cpu"] = Samples.Quantity("250m");
        var demand = ResourceDemand.Of(pod.Spec);
        Assert.Equal(3250, demand.Amounts["cpu"]);
        Assert.Equal(1, demand.Amounts["pods"]);
    }

    private static Container Requesting(string cpu, bool sidecar)
    {
        var container = new Container { Name = "i", Resources = new ResourceRequirements { Requests = { ["cpu"] = Samples.Quantity(cpu) } } };
        if (sidecar)
        {
            container.RestartPolicy = "Always";
        }

        return container;
    }

    private static Node Node()
    {
        var node = Samples.Node("n", pods: 2);
        node.Metadata.Labels["type"] = "virtual";
        node.Metadata.Labels["size"] = "4";
        return node;
    }

    private static Pod Asking(string asked)
    {
        var pod = Samples.Pod("p");
        var words = asked.Split(' ');
        switch (words[0])
        {
            case "nothing":
                break;
            case "selector":
                pod.Spec.NodeSelector[words[1].Split('=')[0]] = words[1].Split('=')[1];
                break;
            case "affinity":
                Require(pod, new NodeSelectorTerm { MatchExpressions = { Requirement(words[1], words[2], words.Length > 3 ? words[3] : "") } });
                break;
            case "name":
                Require(pod, new NodeSelectorTerm { MatchFields = { Requirement("metadata.name", "In", words[1]) } });
                break;
            default:
                pod.Spec.Containers[0].Resources = new ResourceRequirements { Requests = { [words[0]] = Samples.Quantity(words[1]) } };
                break;
        }

        return pod;
    }

    private static NodeSelectorRequirement Requirement(string key, string comparison, string values) =>
        new() { Key = key, Operator = comparison, Values = { values.Split(',', StringSplitOptions.RemoveEmptyEntries) } };

    private static void Require(Pod pod, NodeSelectorTerm term) => pod.Spec.Affinity = new Affinity
    {
        NodeAffinity = new NodeAffinity { RequiredDuringSchedulingIgnoredDuringExecution = new NodeSelector { NodeSelectorTerms = { term } } },
    };
}
