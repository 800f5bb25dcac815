using Harness.Kubernetes.Objects.Apps.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Controllers;
using Harness.Simulator.Kubernetes.Controllers.Machinery;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Kubernetes.Tests.Controllers;

/// <summary>Deployments with real replica sets under them, and a kubelet that lets every pod run.</summary>
public sealed class DeploymentControllerTests : IAsyncDisposable
{
    private readonly TestApi _api = new();

    public DeploymentControllerTests()
    {
        _api.Run(new DeploymentController(_api.Client, _api.Time, NullLogger<DeploymentController>.Instance));
        _api.Run(new ReplicaSetController(_api.Client, _api.Time, NullLogger<ReplicaSetController>.Instance));
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Reconcile_NewDeployment_BecomesAvailable()
    {
        _api.Run(new TestKubelet(_api).RunAsync);
        await _api.CreateAsync(Samples.Deployment(3));
        await _api.UntilAsync(() => IsDone(3));

        var set = Assert.Single(_api.All<ReplicaSet>());
        Assert.Equal("hello-" + set.Metadata.Labels["pod-template-hash"], set.Metadata.Name);
        Assert.Equal("1", set.Metadata.Annotations["deployment.kubernetes.io/revision"]);
        Assert.Equal("1", _api.Get<Deployment>("hello").Metadata.Annotations["deployment.kubernetes.io/revision"]);
        Assert.Equal(["Available: True MinimumReplicasAvailable", "Progressing: True NewReplicaSetAvailable"], Conditions().Order());
    }

    [Fact]
    public async Task Reconcile_Scaled_ScalesTheOneSet()
    {
        _api.Run(new TestKubelet(_api).RunAsync);
        await _api.CreateAsync(Samples.Deployment(3));
        await _api.UntilAsync(() => IsDone(3));
        await _api.ChangeAsync<Deployment>("hello", deployment => deployment.Spec.Replicas = 10);
        await _api.UntilAsync(() => IsDone(10));
        await _api.ChangeAsync<Deployment>("hello", deployment => deployment.Spec.Replicas = 2);
        await _api.UntilAsync(() => IsDone(2));
        Assert.Single(_api.All<ReplicaSet>());
        Assert.Equal(2, _api.All<Pod>().Count);
    }

    [Fact]
    public async Task Reconcile_NewTemplate_RollsWithinItsLimits()
    {
        _api.Run(new TestKubelet(_api).RunAsync);
        await _api.CreateAsync(Samples.Deployment(4));
        await _api.UntilAsync(() => IsDone(4));
        var most = 0;
        var least = int.MaxValue;
        await _api.ChangeAsync<Deployment>("hello", deployment => deployment.Spec.Template.Spec.Containers[0].Image = "app:2");
        await _api.UntilAsync(() =>
        {
            // The surge is measured by what the sets are told, as Kubernetes does: a pod told to go may be there a moment longer.
            most = Math.Max(most, _api.All<ReplicaSet>().Sum(set => set.Spec.Replicas));
            least = Math.Min(least, _api.ActivePods.Count(PodState.IsReady));
            return IsDone(4) && _api.All<Pod>().TrueForAll(pod => pod.Spec.Containers[0].Image == "app:2");
        });
        Assert.InRange(most, 4, 5);
        Assert.True(least >= 3);
        Assert.Equal(["0 of 1", "4 of 2"], Revisions());
    }

    [Fact]
    public async Task Reconcile_TemplateUndone_UsesTheOldSetAgain()
    {
        _api.Run(new TestKubelet(_api).RunAsync);
        await _api.CreateAsync(Samples.Deployment(2));
        await _api.UntilAsync(() => IsDone(2));
        await _api.ChangeAsync<Deployment>("hello", deployment => deployment.Spec.Template.Spec.Containers[0].Image = "app:2");
        await _api.UntilAsync(() => IsDone(2) && Revisions().SequenceEqual(["0 of 1", "2 of 2"]));
        await _api.ChangeAsync<Deployment>("hello", deployment => deployment.Spec.Template.Spec.Containers[0].Image = "app:1");
        await _api.UntilAsync(() => IsDone(2) && Revisions().SequenceEqual(["0 of 2", "2 of 3"]));
    }

    [Fact]
    public async Task Reconcile_RevisionHistoryLimit_DropsTheOldest()
    {
        _api.Run(new TestKubelet(_api).RunAsync);
        var deployment = Samples.Deployment(1);
        deployment.Spec.RevisionHistoryLimit = 1;
        await _api.CreateAsync(deployment);
        for (var version = 2; version <= 4; version++)
        {
            await _api.UntilAsync(() => IsDone(1));
            var image = $"app:{version}";
            await _api.ChangeAsync<Deployment>("hello", value => value.Spec.Template.Spec.Containers[0].Image = image);
        }

        await _api.UntilAsync(() => Revisions().SequenceEqual(["0 of 3", "1 of 4"]));
    }

    [Fact]
    public async Task Reconcile_Recreate_WaitsForTheLastOldPod()
    {
        var kubelet = new TestKubelet(_api) { HoldsDeletions = true };
        _api.Run(kubelet.RunAsync);
        var deployment = Samples.Deployment(1);
        deployment.Spec.Strategy = new DeploymentStrategy { Type = "Recreate" };
        deployment.Spec.Template.Spec.NodeName = "somewhere";
        await _api.CreateAsync(deployment);
        await _api.UntilAsync(() => IsDone(1));
        var old = _api.All<Pod>()[0].Metadata.Name;
        await _api.ChangeAsync<Deployment>("hello", value => value.Spec.Template.Spec.Containers[0].Image = "app:2");
        await _api.UntilAsync(() => _api.Get<Pod>(old).Metadata.DeletionTimestamp is not null && Revisions().Contains("0 of 2"));
        Assert.Single(_api.All<Pod>());
        kubelet.Release();
        await _api.UntilAsync(() => _api.Find<Pod>(old) is null && IsDone(1));
    }

    [Fact]
    public async Task Reconcile_Paused_KeepsTheTemplateButScales()
    {
        _api.Run(new TestKubelet(_api).RunAsync);
        await _api.CreateAsync(Samples.Deployment(2));
        await _api.UntilAsync(() => IsDone(2));
        await _api.ChangeAsync<Deployment>("hello", deployment =>
        {
            deployment.Spec.Paused = true;
            deployment.Spec.Replicas = 3;
            deployment.Spec.Template.Spec.Containers[0].Image = "app:2";
        });
        await _api.UntilAsync(() => _api.Get<Deployment>("hello").Status is { ReadyReplicas: 3 } && Conditions().Contains("Progressing: Unknown DeploymentPaused"));
        Assert.Single(_api.All<ReplicaSet>());
        await _api.ChangeAsync<Deployment>("hello", deployment => deployment.Spec.Paused = false);
        await _api.UntilAsync(() => IsDone(3) && Revisions().SequenceEqual(["0 of 1", "3 of 2"]));
    }

    [Fact]
    public async Task Reconcile_NothingBecomesReady_TimesOut()
    {
        await _api.CreateAsync(Samples.Deployment(1));
        await _api.UntilAsync(() => Conditions().Contains("Progressing: True ReplicaSetUpdated") && _api.Get<Deployment>("hello").Status.Replicas == 1);
        _api.Time.Advance(TimeSpan.FromSeconds(700));
        await _api.ChangeAsync<Deployment>("hello", deployment => deployment.Metadata.Annotations["look"] = "again");
        await _api.UntilAsync(() => Conditions().Contains("Progressing: False ProgressDeadlineExceeded"));
        Assert.Contains("Available: False MinimumReplicasUnavailable", Conditions());
    }

    private bool IsDone(int replicas) =>
        _api.Find<Deployment>("hello") is { Status: { } status } deployment
        && status.ObservedGeneration == deployment.Metadata.Generation
        && status.UpdatedReplicas == replicas && status.Replicas == replicas && status.AvailableReplicas == replicas;

    private IEnumerable<string> Conditions() => _api.Get<Deployment>("hello").Status.Conditions.Select(condition => $"{condition.Type}: {condition.Status} {condition.Reason}");

    private IEnumerable<string> Revisions() => _api.All<ReplicaSet>()
        .Select(set => $"{set.Spec.Replicas} of {set.Metadata.Annotations["deployment.kubernetes.io/revision"]}").Order(StringComparer.Ordinal);
}
