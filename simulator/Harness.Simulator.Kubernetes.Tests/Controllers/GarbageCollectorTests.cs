using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Controllers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Kubernetes.Tests.Controllers;

public sealed class GarbageCollectorTests : IAsyncDisposable
{
    private readonly TestApi _api = new();

    public GarbageCollectorTests()
    {
        _api.Run(new GarbageCollector(_api.Client, _api.Time, NullLogger<GarbageCollector>.Instance));
        _api.Run(new DeploymentController(_api.Client, _api.Time, NullLogger<DeploymentController>.Instance));
        _api.Run(new ReplicaSetController(_api.Client, _api.Time, NullLogger<ReplicaSetController>.Instance));
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("Background")]
    [InlineData("Foreground")]
    public async Task Delete_Deployment_TakesItsSetsAndPodsAlong(string propagation)
    {
        await DeployAsync();
        await _api.DeleteAsync<Deployment>("hello", propagation);
        await _api.UntilAsync(() => _api.Find<Deployment>("hello") is null && _api.All<ReplicaSet>().Count == 0 && _api.All<Pod>().Count == 0);
    }

    [Fact]
    public async Task Delete_Foreground_KeepsTheOwnerUntilItsPodsAreGone()
    {
        var kubelet = new TestKubelet(_api) { HoldsDeletions = true };
        _api.Run(kubelet.RunAsync);
        await DeployAsync(node: "somewhere");
        await _api.DeleteAsync<Deployment>("hello", "Foreground");
        await _api.UntilAsync(() => _api.All<Pod>().TrueForAll(pod => pod.Metadata.DeletionTimestamp is not null));
        Assert.NotNull(_api.Find<Deployment>("hello"));
        Assert.Single(_api.All<ReplicaSet>());
        kubelet.Release();
        await _api.UntilAsync(() => _api.Find<Deployment>("hello") is null && _api.All<ReplicaSet>().Count == 0 && _api.All<Pod>().Count == 0);
    }

    [Fact]
    public async Task Delete_Orphan_LetsTheSetsGoAndANewDeploymentAdoptsThem()
    {
        await DeployAsync();
        var pods = _api.All<Pod>().Select(pod => pod.Metadata.Uid).Order().ToList();
        await _api.DeleteAsync<Deployment>("hello", "Orphan");
        await _api.UntilAsync(() => _api.Find<Deployment>("hello") is null);
        Assert.Empty(Assert.Single(_api.All<ReplicaSet>()).Metadata.OwnerReferences);
        await _api.CreateAsync(Samples.Deployment(2));
        await _api.UntilAsync(() => _api.All<ReplicaSet>()[0].Metadata.OwnerReferences.Count == 1 && _api.Get<Deployment>("hello").Status.Replicas == 2);
        Assert.Equal(pods, _api.All<Pod>().Select(pod => pod.Metadata.Uid).Order());
    }

    [Fact]
    public async Task Create_WithAnOwnerThatNeverWas_IsDeleted()
    {
        var map = new ConfigMap { Metadata = new ObjectMeta { Name = "lost", Namespace = TestApi.Space } };
        map.Metadata.OwnerReferences.Add(new OwnerReference { ApiVersion = "v1", Kind = "Pod", Name = "none", Uid = "never-was" });
        await _api.CreateAsync(map);
        await _api.UntilAsync(() => _api.Find<ConfigMap>("lost") is null);
    }

    [Fact]
    public async Task Create_WithAnOwnerOfAnUnknownKind_IsKept()
    {
        var kept = new ConfigMap { Metadata = new ObjectMeta { Name = "kept", Namespace = TestApi.Space } };
        kept.Metadata.OwnerReferences.Add(new OwnerReference { ApiVersion = "example.com/v1", Kind = "Widget", Name = "w", Uid = "w-uid" });
        await _api.CreateAsync(kept);
        var lost = new ConfigMap { Metadata = new ObjectMeta { Name = "lost", Namespace = TestApi.Space } };
        lost.Metadata.OwnerReferences.Add(new OwnerReference { ApiVersion = "v1", Kind = "Pod", Name = "none", Uid = "never-was" });
        await _api.CreateAsync(lost);
        await _api.UntilAsync(() => _api.Find<ConfigMap>("lost") is null);
        Assert.NotNull(_api.Find<ConfigMap>("kept"));
    }

    private async Task DeployAsync(string node = "")
    {
        var deployment = Samples.Deployment(2);
        if (node.Length > 0)
        {
            deployment.Spec.Template.Spec.NodeName = node;
        }

        await _api.CreateAsync(deployment);
        await _api.UntilAsync(() => _api.Find<Deployment>("hello")?.Status.Replicas == 2);
    }
}
