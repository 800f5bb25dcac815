using Harness.Kubernetes.Objects.Coordination.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Controllers;

namespace Harness.Simulator.Kubernetes.Tests.Controllers;

public sealed class NodeVerdictTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Ages are in seconds; none for a sign that was never given.</summary>
    [Theory]
    [InlineData("True", 1000, 10, 1000, false, null)]
    [InlineData("True", 1000, 1000, 10, false, null)]
    [InlineData("True", 1000, 41, 41, true, "node.kubernetes.io/unreachable")]
    [InlineData("False", 1000, 10, 10, false, "node.kubernetes.io/not-ready")]
    [InlineData("Unknown", 1000, 10, 10, false, "node.kubernetes.io/unreachable")]
    [InlineData("", 10, -1, -1, false, "node.kubernetes.io/not-ready")]
    [InlineData("", 1000, -1, -1, true, "node.kubernetes.io/unreachable")]
    public void Of_Signs_TellsHowTheNodeIs(string ready, int created, int renewed, int heartbeat, bool isLost, string? taint)
    {
        var node = new Node { Metadata = new ObjectMeta { CreationTimestamp = Time.Of(Now.AddSeconds(-created)) }, Status = new NodeStatus() };
        if (ready.Length > 0)
        {
            node.Status.Conditions.Add(new NodeCondition { Type = "Ready", Status = ready, LastHeartbeatTime = Time.Of(Now.AddSeconds(-heartbeat)) });
        }

        var lease = renewed < 0 ? null : new Lease { Spec = new LeaseSpec { RenewTime = MicroTime.Of(Now.AddSeconds(-renewed)) } };
        Assert.Equal(new NodeVerdict(isLost, taint), NodeVerdict.Of(node, lease, Now, TimeSpan.FromSeconds(40)));
    }

    [Theory]
    [InlineData("", "", "node.kubernetes.io/not-ready NoSchedule,node.kubernetes.io/not-ready NoExecute")]
    [InlineData("node.kubernetes.io/not-ready NoSchedule,mine NoSchedule", "", "mine NoSchedule")]
    [InlineData("mine NoExecute", "Unschedulable", "mine NoExecute,node.kubernetes.io/unschedulable NoSchedule")]
    [InlineData("", "MemoryPressure", "node.kubernetes.io/memory-pressure NoSchedule")]
    [InlineData("node.kubernetes.io/disk-pressure NoSchedule", "well", "")]
    public void Correct_Taints_ChangesOnlyOurs(string before, string state, string after)
    {
        var node = new Node { Spec = new NodeSpec { Unschedulable = state == "Unschedulable" }, Status = new NodeStatus() };
        node.Spec.Taints.Add(before.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => new Taint { Key = text.Split(' ')[0], Effect = text.Split(' ')[1] }));
        node.Status.Conditions.Add(new NodeCondition { Type = state, Status = "True" });
        var verdict = new NodeVerdict(false, before.Length + state.Length == 0 ? NodeTaints.NotReady : null);
        var taints = NodeTaints.Correct(node, verdict, Now);
        Assert.Equal(after, string.Join(',', taints!.Select(taint => $"{taint.Key} {taint.Effect}")));
        node.Spec.Taints.Clear();
        node.Spec.Taints.Add(taints!);
        Assert.Null(NodeTaints.Correct(node, verdict, Now));
    }
}
