using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Controllers.Daemons;
using Harness.Simulator.Kubernetes.Scheduling;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Kubernetes.Tests.Controllers.Daemons;

/// <summary>Daemon sets with the scheduler that binds their pods, and a kubelet that lets them run.</summary>
public sealed class DaemonSetControllerTests : IAsyncDisposable
{
    private readonly TestApi _api = new();
    private readonly Scheduler _scheduler;

    public DaemonSetControllerTests()
    {
        _scheduler = new Scheduler(_api.Client, _api.Time, NullLogger<Scheduler>.Instance);
        _api.Run(_scheduler.RunAsync);
        _api.Run(new DaemonSetController(_api.Client, _api.Time, NullLogger<DaemonSetController>.Instance));
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        _scheduler.Dispose();
    }

    [Fact]
    public async Task Reconcile_Nodes_GetOnePodEach()
    {
        _api.Run(new TestKubelet(_api).RunAsync);
        await AddNodeAsync("a");
        await AddNodeAsync("b");
        await _api.CreateAsync(Samples.DaemonSet());
        await _api.UntilAsync(() => _api.Get<DaemonSet>("hello").Status is { DesiredNumberScheduled: 2, NumberAvailable: 2 });
        await _api.UntilAsync(() => _api.All<Pod>().Select(pod => pod.Spec.NodeName).Order().SequenceEqual(["a", "b"]));

        await AddNodeAsync("c");
        await _api.UntilAsync(() => _api.Get<DaemonSet>("hello").Status is { DesiredNumberScheduled: 3, NumberAvailable: 3 });
        await _api.Client.DeleteAsync<Node>("", "a", new ApiDelete(), CancellationToken.None);
        await _api.UntilAsync(() => _api.Get<DaemonSet>("hello").Status.DesiredNumberScheduled == 2);
    }

    [Fact]
    public async Task Reconcile_VirtualNode_GetsAPodOnlyWhereItsTaintIsTolerated()
    {
        await AddNodeAsync("plain");
        await AddNodeAsync("virtual", new Taint { Key = "virtual-kubelet.io/provider", Value = "aws", Effect = "NoSchedule" });
        await _api.CreateAsync(Samples.DaemonSet());
        await _api.UntilAsync(() => _api.Get<DaemonSet>("hello").Status is { DesiredNumberScheduled: 1, CurrentNumberScheduled: 1 });
        await _api.ChangeAsync<DaemonSet>("hello", set => set.Spec.Template.Spec.Tolerations.Add(new Toleration { Operator = "Exists" }));
        await _api.UntilAsync(() => _api.Get<DaemonSet>("hello").Status.DesiredNumberScheduled == 2 && _api.All<Pod>().Exists(pod => pod.Spec.NodeName == "virtual"));
    }

    [Fact]
    public async Task Reconcile_NewTemplate_ReplacesThePods()
    {
        _api.Run(new TestKubelet(_api).RunAsync);
        await AddNodeAsync("a");
        await AddNodeAsync("b");
        await _api.CreateAsync(Samples.DaemonSet());
        await _api.UntilAsync(() => _api.Get<DaemonSet>("hello").Status is { NumberAvailable: 2 });
        await _api.ChangeAsync<DaemonSet>("hello", set => set.Spec.Template.Spec.Containers[0].Image = "app:2");
        await _api.UntilAsync(() => _api.Get<DaemonSet>("hello").Status is { ObservedGeneration: 2, UpdatedNumberScheduled: 2, NumberAvailable: 2 });
        Assert.All(_api.All<Pod>(), pod => Assert.Equal("app:2", pod.Spec.Containers[0].Image));
    }

    [Fact]
    public async Task Reconcile_PodFails_IsReplacedWithAPauseTheSecondTime()
    {
        await AddNodeAsync("a");
        await _api.CreateAsync(Samples.DaemonSet());
        var first = await FailTheOneAsync("");
        var second = await FailTheOneAsync(first);
        await _api.ChangeAsync<DaemonSet>("hello", set => set.Metadata.Annotations["look"] = "again");
        Assert.Equal(second, Assert.Single(_api.All<Pod>()).Metadata.Uid);
        await _api.UntilAsync(() => _api.Get<DaemonSet>("hello").Status.CurrentNumberScheduled == 0);
        _api.Time.Advance(TimeSpan.FromSeconds(2));
        await _api.UntilAsync(() => _api.All<Pod>().Exists(pod => pod.Metadata.Uid != second));
    }

    private async Task<string> FailTheOneAsync(string before)
    {
        await _api.UntilAsync(() => _api.All<Pod>() is [{ Spec.NodeName.Length: > 0, Status.Phase: "Pending" } one] && one.Metadata.Uid != before);
        var pod = _api.All<Pod>()[0].Metadata;
        await _api.ChangeStatusAsync<Pod>(pod.Name, value => value.Status.Phase = "Failed");
        return pod.Uid;
    }

    private async Task AddNodeAsync(string name, params Taint[] taints)
    {
        var node = Samples.Node(name);
        await _api.CreateAsync(node);
        await _api.ChangeAsync<Node>(name, value =>
        {
            value.Spec.Taints.Clear();
            value.Spec.Taints.Add(taints);
        }, "");
        await _api.ChangeStatusAsync<Node>(name, value => value.Status = node.Status, "");
    }
}
