using System.Diagnostics;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Scheduling;
using Harness.Simulator.Kubernetes.Tests.Controllers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Kubernetes.Tests.Scheduling;

public sealed class SchedulerTests : IAsyncDisposable
{
    private readonly TestApi _api = new();
    private readonly Scheduler _scheduler;

    public SchedulerTests()
    {
        _scheduler = new Scheduler(_api.Client, _api.Time, NullLogger<Scheduler>.Instance);
        _api.Run(_scheduler.RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        _scheduler.Dispose();
    }

    [Fact]
    public async Task Schedule_AHundredPods_BindsThemAll()
    {
        await AddNodeAsync("n");
        var began = Stopwatch.GetTimestamp();
        for (var number = 0; number < 100; number++)
        {
            await _api.CreateAsync(Samples.Pod($"p-{number}"));
        }

        await _api.UntilAsync(() => _api.All<Pod>().TrueForAll(pod => pod.Spec.NodeName == "n"));
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30));
        await _api.UntilAsync(() => _api.All<Event>().Count(value => value.Reason == "Scheduled") == 100);
        Assert.Contains(_api.Get<Pod>("p-7").Status.Conditions, condition => condition is { Type: "PodScheduled", Status: "True" });
    }

    [Fact]
    public async Task Schedule_NoNodeFits_SaysWhyAndTriesAgainWhenOneComes()
    {
        var pod = Samples.Pod("p");
        pod.Spec.NodeSelector["type"] = "virtual";
        await _api.CreateAsync(pod);
        await _api.UntilAsync(() => Scheduled() is { Status: "False", Reason: "Unschedulable", Message: "no nodes available to schedule pods" });
        await AddNodeAsync("plain");
        await _api.UntilAsync(() => Scheduled()?.Message == "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.");
        await _api.UntilAsync(() => _api.All<Event>().Exists(value => value.Reason == "FailedScheduling" && value.Message == Scheduled()!.Message));
        await _api.ChangeAsync<Node>("plain", node => node.Metadata.Labels["type"] = "virtual", "");
        await _api.UntilAsync(() => _api.Get<Pod>("p").Spec.NodeName == "plain" && Scheduled() is { Status: "True" });
    }

    [Fact]
    public async Task Schedule_GatedOrForeignPods_AreLeftAlone()
    {
        await AddNodeAsync("n");
        var gated = Samples.Pod("gated");
        gated.Spec.SchedulingGates.Add(new PodSchedulingGate { Name = "wait" });
        await _api.CreateAsync(gated);
        var foreign = Samples.Pod("foreign");
        foreign.Spec.SchedulerName = "another";
        await _api.CreateAsync(foreign);
        await _api.CreateAsync(Samples.Pod("last"));
        await _api.UntilAsync(() => _api.Get<Pod>("last").Spec.NodeName == "n");
        Assert.Equal("", _api.Get<Pod>("foreign").Spec.NodeName);
        Assert.Equal("", _api.Get<Pod>("gated").Spec.NodeName);
        await _api.ChangeAsync<Pod>("gated", pod => pod.Spec.SchedulingGates.Clear());
        await _api.UntilAsync(() => _api.Get<Pod>("gated").Spec.NodeName == "n");
    }

    [Fact]
    public async Task Schedule_LittleRoom_GoesByPriorityAndFollowsWhatIsFreed()
    {
        await _api.CreateAsync(Samples.Pod("low"));
        await _api.UntilAsync(() => _api.Get<Pod>("low").Status.Conditions.Count > 0);
        var high = Samples.Pod("high");
        high.Spec.Priority = 1000;
        await _api.CreateAsync(high);
        await _api.UntilAsync(() => _api.Get<Pod>("high").Status.Conditions.Count > 0);
        await AddNodeAsync("n", pods: 1);
        await _api.UntilAsync(() => _api.Get<Pod>("high").Spec.NodeName == "n");
        await _api.UntilAsync(() => _api.Get<Pod>("low").Status.Conditions[0].Message == "0/1 nodes are available: 1 Too many pods.");
        await _api.ChangeStatusAsync<Pod>("high", pod => pod.Status.Phase = "Succeeded");
        await _api.UntilAsync(() => _api.Get<Pod>("low").Spec.NodeName == "n");
    }

    private PodCondition? Scheduled() => _api.Get<Pod>("p").Status.Conditions.FirstOrDefault(condition => condition.Type == "PodScheduled");

    /// <summary>A node as it is once it was seen ready: the API server taints it until then.</summary>
    private async Task AddNodeAsync(string name, int pods = 110)
    {
        var node = Samples.Node(name, pods);
        await _api.CreateAsync(node);
        await _api.ChangeStatusAsync<Node>(name, value => value.Status = node.Status, "");
        await _api.ChangeAsync<Node>(name, value => value.Spec.Taints.Clear(), "");
    }
}
