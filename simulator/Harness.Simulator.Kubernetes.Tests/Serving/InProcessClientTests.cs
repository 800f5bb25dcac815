using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Tests.Serving;

public sealed class InProcessClientTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task BindAsync_PendingPod_WatchTellsItsNodeAndTheAuditWhoDidIt()
    {
        IApiClient client = cluster.Cluster.ClientFor("system:kube-scheduler");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        ApiList<Pod> before = await client.ListAsync<Pod>(ApiSelection.All, patience.Token);
        Pod pod = await client.CreateAsync(New("bind-me"), patience.Token);
        await client.BindAsync(new Binding { Metadata = Named("bind-me"), Target = new ObjectReference { Kind = "Node", Name = "node-a" } }, patience.Token);
        var told = new List<ApiWatchEvent<Pod>>();
        await foreach (ApiWatchEvent<Pod> change in client.WatchAsync<Pod>(ApiSelection.All, before.Revision, patience.Token))
        {
            told.Add(change);
            if (told.Count == 2)
            {
                break;
            }
        }

        Assert.Equal([ApiWatchEventType.Added, ApiWatchEventType.Modified], told.Select(change => change.Type));
        Assert.Equal("node-a", told[1].Object.Spec.NodeName);
        Assert.Equal(1, told[1].Object.Metadata.Generation);
        Assert.Equal("True", told[1].Object.Status.Conditions.Single(one => one.Type == "PodScheduled").Status);
        Assert.Contains(cluster.Cluster.Audit.After(), entry => entry is { User: "system:kube-scheduler", Subresource: "binding", Name: "bind-me" } && entry.Uid == pod.Metadata.Uid);
    }

    [Fact]
    public async Task UpdateStatusAsync_OldVersion_IsAConflict()
    {
        IApiClient client = cluster.Cluster.ClientFor("test");
        Pod pod = await client.CreateAsync(New("stale"), CancellationToken.None);
        pod.Status.Phase = "Running";
        Pod running = await client.UpdateStatusAsync(pod, CancellationToken.None);
        Assert.Equal("Running", running.Status.Phase);
        var refusal = await Assert.ThrowsAsync<ApiStatusException>(() => client.UpdateStatusAsync(pod, CancellationToken.None));
        Assert.True(refusal.IsConflict);
    }

    [Fact]
    public async Task GetAsync_MissingObject_IsNotFound()
    {
        IApiClient client = cluster.Cluster.ClientFor("test");
        Assert.Null(await client.FindAsync<Pod>("default", "none", CancellationToken.None));
        var refusal = await Assert.ThrowsAsync<ApiStatusException>(() => client.GetAsync<Pod>("default", "none", CancellationToken.None));
        Assert.True(refusal.IsNotFound);
    }

    private static ObjectMeta Named(string name) => new() { Name = name, Namespace = "default" };

    private static Pod New(string name) =>
        new() { Metadata = Named(name), Spec = new PodSpec { Containers = { new Container { Name = "c", Image = "nginx:1" } } } };
}
