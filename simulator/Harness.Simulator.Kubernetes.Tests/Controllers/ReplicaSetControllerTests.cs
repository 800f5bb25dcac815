using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Controllers;
using Harness.Simulator.Kubernetes.Controllers.Machinery;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Kubernetes.Tests.Controllers;

public sealed class ReplicaSetControllerTests : IAsyncDisposable
{
    private readonly TestApi _api = new();

    public ReplicaSetControllerTests() => _api.Run(new ReplicaSetController(_api.Client, _api.Time, NullLogger<ReplicaSetController>.Instance));

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Reconcile_NewSet_CreatesItsPods()
    {
        var set = await _api.CreateAsync(Samples.ReplicaSet(3));
        await _api.UntilAsync(() => _api.Get<ReplicaSet>("hello").Status.Replicas == 3);

        var pods = _api.All<Pod>();
        Assert.Equal(3, pods.Count);
        Assert.All(pods, pod => Assert.StartsWith("hello-", pod.Metadata.Name, StringComparison.Ordinal));
        Assert.All(pods, pod => Assert.True(Owners.IsControlledBy(pod.Metadata, set.Metadata)));
        Assert.All(pods, pod => Assert.Equal("hello", pod.Metadata.Labels["app"]));
        await _api.UntilAsync(() => _api.All<Event>().Count(value => value.Reason == "SuccessfulCreate") == 3);
    }

    [Fact]
    public async Task Reconcile_PodDeleted_IsReplaced()
    {
        await _api.CreateAsync(Samples.ReplicaSet(2));
        await _api.UntilAsync(() => _api.ActivePods.Count() == 2);
        var gone = _api.All<Pod>()[0].Metadata.Name;
        await _api.DeleteAsync<Pod>(gone);
        await _api.UntilAsync(() => _api.ActivePods.Count() == 2);
        Assert.DoesNotContain(_api.All<Pod>(), pod => pod.Metadata.Name == gone);
    }

    [Fact]
    public async Task Reconcile_FailedPod_IsReplacedAndKept()
    {
        await _api.CreateAsync(Samples.ReplicaSet(1));
        await _api.UntilAsync(() => _api.ActivePods.Any());
        await _api.ChangeStatusAsync<Pod>(_api.All<Pod>()[0].Metadata.Name, pod => pod.Status.Phase = "Failed");
        await _api.UntilAsync(() => _api.ActivePods.Any());
        Assert.Equal(2, _api.All<Pod>().Count);
    }

    [Fact]
    public async Task Reconcile_ScaledDown_DeletesThoseNotReadyFirst()
    {
        await _api.CreateAsync(Samples.ReplicaSet(3));
        await _api.UntilAsync(() => _api.ActivePods.Count() == 3);
        var kept = _api.All<Pod>()[1].Metadata.Name;
        await _api.ChangeStatusAsync<Pod>(kept, pod => Samples.MakeReady(pod, Harness.Kubernetes.Objects.Meta.V1.Time.Of(_api.Time.GetUtcNow())));
        await _api.ChangeAsync<ReplicaSet>("hello", set => set.Spec.Replicas = 1);
        await _api.UntilAsync(() => _api.Get<ReplicaSet>("hello").Status is { Replicas: 1, ReadyReplicas: 1, AvailableReplicas: 1 });
        Assert.Equal(kept, Assert.Single(_api.All<Pod>()).Metadata.Name);
    }

    [Fact]
    public async Task Reconcile_OrphanOfItsSelector_IsAdopted()
    {
        await _api.CreateAsync(Samples.Pod("orphan"));
        var set = await _api.CreateAsync(Samples.ReplicaSet(1));
        await _api.UntilAsync(() => _api.Get<ReplicaSet>("hello").Status.Replicas == 1);
        Assert.True(Owners.IsControlledBy(Assert.Single(_api.All<Pod>()).Metadata, set.Metadata));
    }

    [Fact]
    public async Task Reconcile_PodRelabelled_IsLetGoAndReplaced()
    {
        await _api.CreateAsync(Samples.ReplicaSet(1));
        await _api.UntilAsync(() => _api.ActivePods.Any());
        var pod = _api.All<Pod>()[0].Metadata.Name;
        await _api.ChangeAsync<Pod>(pod, value => value.Metadata.Labels["app"] = "debug");
        await _api.UntilAsync(() => _api.All<Pod>().Count == 2);
        Assert.Empty(_api.Get<Pod>(pod).Metadata.OwnerReferences);
    }

    [Fact]
    public async Task Reconcile_MinReadySeconds_CountsAvailableAfterThem()
    {
        var set = Samples.ReplicaSet(1);
        set.Spec.MinReadySeconds = 20;
        await _api.CreateAsync(set);
        await _api.UntilAsync(() => _api.ActivePods.Any());
        await _api.ChangeStatusAsync<Pod>(_api.All<Pod>()[0].Metadata.Name, pod => Samples.MakeReady(pod, Harness.Kubernetes.Objects.Meta.V1.Time.Of(_api.Time.GetUtcNow())));
        await _api.UntilAsync(() => _api.Get<ReplicaSet>("hello").Status is { ReadyReplicas: 1, AvailableReplicas: 0 });
        _api.Time.Advance(TimeSpan.FromSeconds(21));
        await _api.UntilAsync(() => _api.Get<ReplicaSet>("hello").Status.AvailableReplicas == 1);
    }
}
