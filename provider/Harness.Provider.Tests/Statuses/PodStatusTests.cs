using System.Text;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Provider.Launching;
using Harness.Provider.Lifecycle;
using Harness.Provider.Statuses;

namespace Harness.Provider.Tests.Statuses;

public sealed class PodStatusTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Render_BeforeAnyReport_ContainersWaitWithTheReason()
    {
        var status = Render(Pod(), new StatusView { WaitingReason = "InstanceBooting", WaitingMessage = "booting", PodIp = "127.0.0.5" });
        Assert.Equal(("Pending", "127.0.0.5", "127.0.0.1"), (status.Phase, status.PodIP, status.HostIP));
        var container = Assert.Single(status.ContainerStatuses);
        Assert.Equal(("main", "InstanceBooting", "booting", "image", false), (
            container.Name, container.State.Waiting.Reason, container.State.Waiting.Message, container.Image, container.Ready));
        Assert.Equal("False", Condition(status, "Ready").Status);
        Assert.Equal(Now, status.StartTime.ToDateTimeOffset());
    }

    [Fact]
    public void Render_Running_AgentsStatusWithOurAddresses()
    {
        var reported = new PodStatus { Phase = "Running", PodIP = "10.9.9.9", HostIP = "10.9.9.8", QosClass = "Guaranteed", ContainerStatuses = { Running(5) } };
        var status = Render(Pod(), new StatusView { Phase = PodPhase.Running, Report = AgentReports.Read(reported), PodIp = "127.0.0.5" });
        Assert.Equal(("Running", "127.0.0.5", "127.0.0.5", "127.0.0.1"), (status.Phase, status.PodIP, Assert.Single(status.PodIPs).Ip, status.HostIP));
        Assert.False(status.HasQosClass);
        Assert.Equal("True", Condition(status, "Ready").Status);
        Assert.True(status.ContainerStatuses[0].Ready);
    }

    [Fact]
    public void Render_ReadinessGateMissing_ReadyIsFalse()
    {
        var pod = Pod();
        pod.Spec.ReadinessGates.Add(new PodReadinessGate { ConditionType = "example.com/gate" });
        var view = new StatusView { Phase = PodPhase.Running, Report = AgentReports.Read(new PodStatus { Phase = "Running", ContainerStatuses = { Running(5) } }) };
        Assert.Equal(("False", "True"), (Condition(Render(pod, view), "Ready").Status, Condition(Render(pod, view), "ContainersReady").Status));
        pod.Status = new PodStatus { Conditions = { new PodCondition { Type = "example.com/gate", Status = "True" } } };
        Assert.Equal("True", Condition(Render(pod, view), "Ready").Status);
    }

    [Fact]
    public void Render_Unhealthy_ReadyIsFalseWithTheReason()
    {
        var view = new StatusView
        {
            Phase = PodPhase.Running, UnreadyReason = "AgentUnhealthy", Report = AgentReports.Read(new PodStatus { Phase = "Running", ContainerStatuses = { Running(5) } }),
        };
        var ready = Condition(Render(Pod(), view), "Ready");
        Assert.Equal(("False", "AgentUnhealthy"), (ready.Status, ready.Reason));
    }

    [Fact]
    public void Render_GivenUp_WhatRanHasEndedUnseen()
    {
        var view = new StatusView
        {
            Phase = PodPhase.Failed, Reason = "InstanceTerminated", Message = "gone",
            Report = AgentReports.Read(new PodStatus { Phase = "Running", ContainerStatuses = { Running(5) } }),
        };
        var status = Render(Pod(), view);
        Assert.Equal(("Failed", "InstanceTerminated", "gone"), (status.Phase, status.Reason, status.Message));
        Assert.Equal((137, "ContainerStatusUnknown"), (status.ContainerStatuses[0].State.Terminated.ExitCode, status.ContainerStatuses[0].State.Terminated.Reason));
        Assert.False(status.ContainerStatuses[0].Ready);
    }

    [Fact]
    public void Render_SameRunWithAnotherStart_KeepsTheFirst()
    {
        var pod = Pod();
        pod.Status = new PodStatus { ContainerStatuses = { Running(5) } };
        var view = new StatusView { Phase = PodPhase.Running, Report = AgentReports.Read(new PodStatus { Phase = "Running", ContainerStatuses = { Running(9) } }) };
        Assert.Equal(5, Render(pod, view).ContainerStatuses[0].State.Running.StartedAt.Seconds);
    }

    [Fact]
    public void Patch_NothingChanged_IsNone()
    {
        var pod = Pod();
        var view = new StatusView { Phase = PodPhase.Running, PodIp = "127.0.0.5", Report = AgentReports.Read(new PodStatus { Phase = "Running", ContainerStatuses = { Running(5) } }) };
        pod.Status = Render(pod, view);
        pod.Status.QosClass = "BestEffort";
        pod.Status.Conditions.Insert(0, new PodCondition { Type = "PodScheduled", Status = "True" });
        Assert.Null(PodStatusPatch.Make(pod, PodStatusRenderer.Render(pod, view, "127.0.0.1", Now.AddHours(1))));
    }

    [Fact]
    public void Patch_HasTheUidAndFieldsThatAreEmpty()
    {
        var patch = PodStatusPatch.Make(Pod(), Render(Pod(), new StatusView { WaitingReason = "InstanceLaunching" }));
        var json = Encoding.UTF8.GetString(patch!.Body.Span);
        Assert.Contains("\"uid\":\"uid\"", json, StringComparison.Ordinal);
        Assert.Contains("\"ready\":false", json, StringComparison.Ordinal);
        Assert.Contains("\"restartCount\":0", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Patch_ConditionWithoutItsReason_ClearsIt()
    {
        var pod = Pod();
        pod.Status = new PodStatus { Conditions = { new PodCondition { Type = "Ready", Status = "False", Reason = "AgentConnecting" } } };
        var view = new StatusView { Phase = PodPhase.Running, Report = AgentReports.Read(new PodStatus { Phase = "Running", ContainerStatuses = { Running(5) } }) };
        var json = Encoding.UTF8.GetString(PodStatusPatch.Make(pod, Render(pod, view))!.Body.Span);
        Assert.Contains("\"reason\":null", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Patch_AnotherAddress_ReplacesTheOldOne()
    {
        var pod = Pod();
        pod.Status = new PodStatus { PodIP = "127.0.0.4", PodIPs = { new PodIP { Ip = "127.0.0.4" } } };
        var json = Encoding.UTF8.GetString(PodStatusPatch.Make(pod, Render(pod, new StatusView { PodIp = "127.0.0.5" }))!.Body.Span);
        Assert.Contains("""[{"$patch":"replace"},{"ip":"127.0.0.5"}]""", json, StringComparison.Ordinal);
    }

    private static PodStatus Render(Pod pod, StatusView view) => PodStatusRenderer.Render(pod, view, "127.0.0.1", Now);

    private static PodCondition Condition(PodStatus status, string type) => Assert.Single(status.Conditions, condition => condition.Type == type);

    private static ContainerStatus Running(long second) => new()
    {
        Name = "main", Ready = true, Image = "image", ContainerID = "c",
        State = new ContainerState { Running = new ContainerStateRunning { StartedAt = new Time { Seconds = second } } },
    };

    private static Pod Pod() => new()
    {
        Metadata = new ObjectMeta { Uid = "uid", Namespace = "ns", Name = "web" },
        Spec = new PodSpec { Containers = { new Container { Name = "main", Image = "image" } } },
    };
}
