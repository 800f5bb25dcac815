using Harness.Kubernetes.Objects.Coordination.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Controllers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Kubernetes.Tests.Controllers;

public sealed class NodeLifecycleControllerTests : IAsyncDisposable
{
    private readonly TestApi _api = new();

    public NodeLifecycleControllerTests() => _api.Run(new NodeLifecycleController(_api.Client, _api.Time, NullLogger<NodeLifecycleController>.Instance));

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Reconcile_NewNodeBecomesReady_LosesItsTaints()
    {
        await _api.CreateAsync(new Node { Metadata = new ObjectMeta { Name = "n" } });
        await _api.UntilAsync(() => Taints().SequenceEqual(["node.kubernetes.io/not-ready NoSchedule", "node.kubernetes.io/not-ready NoExecute"]));
        await BecomeReadyAsync();
        await _api.UntilAsync(() => !Taints().Any());
    }

    [Fact]
    public async Task Reconcile_LeaseStale_MarksTaintsAndEvicts()
    {
        await StartNodeAsync();
        await _api.CreateAsync(Samples.Pod("p", "n"));
        await _api.ChangeStatusAsync<Pod>("p", pod => Samples.MakeReady(pod, Time.Of(_api.Time.GetUtcNow())));

        await PassAsync(TimeSpan.FromSeconds(60));
        await _api.UntilAsync(() => Taints().SequenceEqual(["node.kubernetes.io/unreachable NoSchedule", "node.kubernetes.io/unreachable NoExecute"]));
        Assert.Equal("Unknown", Ready().Status);
        await _api.UntilAsync(() => _api.Get<Pod>("p").Status.Conditions.Single(condition => condition.Type == "Ready").Status == "False");
        Assert.Null(_api.Get<Pod>("p").Metadata.DeletionTimestamp);

        await PassAsync(TimeSpan.FromSeconds(301));
        await _api.UntilAsync(() => _api.Get<Pod>("p").Metadata.DeletionTimestamp is not null);
    }

    [Fact]
    public async Task Reconcile_LeaseRenewedInTime_LeavesTheNodeAlone()
    {
        await StartNodeAsync();
        _api.Time.Advance(TimeSpan.FromSeconds(39));
        await RenewAsync();
        _api.Time.Advance(TimeSpan.FromSeconds(39));
        await PassAsync(TimeSpan.Zero);
        await _api.ChangeAsync<Node>("n", node => node.Spec.Unschedulable = true, "");
        await _api.UntilAsync(() => Taints().SequenceEqual(["node.kubernetes.io/unschedulable NoSchedule"]));
        Assert.Equal("True", Ready().Status);
    }

    [Fact]
    public async Task Reconcile_LostNodeReturns_LosesTheTaints()
    {
        await StartNodeAsync();
        await PassAsync(TimeSpan.FromSeconds(60));
        await _api.UntilAsync(() => Taints().Any());
        await RenewAsync();
        await BecomeReadyAsync();
        await _api.UntilAsync(() => !Taints().Any() && Ready().Status == "True");
    }

    [Fact]
    public async Task Reconcile_TaintOfAPerson_EvictsWhatDoesNotTolerateIt()
    {
        await StartNodeAsync();
        await _api.CreateAsync(Samples.Pod("goes", "n"));
        var stays = Samples.Pod("stays", "n");
        stays.Spec.Tolerations.Add(new Toleration { Key = "mine", Operator = "Exists" });
        await _api.CreateAsync(stays);
        await _api.ChangeAsync<Node>("n", node => node.Spec.Taints.Add(new Taint { Key = "mine", Effect = "NoExecute" }), "");
        await _api.UntilAsync(() => _api.Get<Pod>("goes").Metadata.DeletionTimestamp is not null);
        Assert.Null(_api.Get<Pod>("stays").Metadata.DeletionTimestamp);
        await _api.UntilAsync(() => _api.All<Event>().Exists(value => value.Reason == "TaintManagerEviction"));
    }

    [Fact]
    public async Task Reconcile_NodeDeleted_EndsItsPodsWithoutGrace()
    {
        await StartNodeAsync();
        await _api.CreateAsync(Samples.Pod("p", "n"));
        await PassAsync(TimeSpan.Zero);
        await _api.Client.DeleteAsync<Node>("", "n", new ApiDelete(), CancellationToken.None);
        await _api.UntilAsync(() => _api.Find<Pod>("p") is null);
    }

    private async Task StartNodeAsync()
    {
        await _api.CreateAsync(new Node { Metadata = new ObjectMeta { Name = "n" } });
        await _api.CreateAsync(new Lease { Metadata = new ObjectMeta { Name = "n", Namespace = "kube-node-lease" }, Spec = new LeaseSpec { RenewTime = MicroTime.Of(_api.Time.GetUtcNow()) } });
        await BecomeReadyAsync();
        await _api.UntilAsync(() => !Taints().Any());
    }

    private Task BecomeReadyAsync() => _api.ChangeStatusAsync<Node>("n", node =>
    {
        node.Status.Conditions.Clear();
        node.Status.Conditions.Add(new NodeCondition { Type = "Ready", Status = "True", LastHeartbeatTime = Time.Of(_api.Time.GetUtcNow()) });
    }, "");

    private Task RenewAsync() => _api.ChangeAsync<Lease>("n", lease => lease.Spec.RenewTime = MicroTime.Of(_api.Time.GetUtcNow()), "kube-node-lease");

    /// <summary>Moves the clock and makes the controller look.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        _api.Time.Advance(time);
        await _api.ChangeAsync<Node>("n", node => node.Metadata.Annotations["looked"] = _api.Time.GetUtcNow().ToString("O"), "");
    }

    private IEnumerable<string> Taints() => _api.Get<Node>("n", "").Spec.Taints.Select(taint => $"{taint.Key} {taint.Effect}");

    private NodeCondition Ready() => _api.Get<Node>("n", "").Status.Conditions.Single(condition => condition.Type == "Ready");
}
