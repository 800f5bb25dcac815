using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Json;
using Harness.Simulator.Ec2;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Programs;
using Harness.Testing;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>What an administrator does with pods and sees of them, through the API and EC2. Holds no state; safe for any thread.</summary>
internal sealed class PodSession(SimulatorFixture simulator)
{
    private const string Space = "default";

    public IApiClient Api { get; } = simulator.Simulation.Administrator;

    public Task<Pod> CreateAsync(string name, Action<Pod>? change = null) => Api.CreateAsync(VirtualPod.Named(name, change), CancellationToken.None);

    public Task<Pod?> FindAsync(string name) => Api.FindAsync<Pod>(Space, name, CancellationToken.None);

    public Task DeleteAsync(string name, long? graceSeconds = null) =>
        Api.DeleteAsync<Pod>(Space, name, new ApiDelete(graceSeconds), CancellationToken.None);

    /// <summary>The pod, once it is as wanted.</summary>
    public async Task<Pod> UntilAsync(string name, Func<Pod, bool> wanted)
    {
        Pod? pod = null;
        try
        {
            await Eventually.TrueAsync(async () => (pod = await FindAsync(name)) is not null && wanted(pod), $"pod {name} is not as wanted");
        }
        catch (TimeoutException exception)
        {
            var told = pod is null ? "It is not there." : $"{KubernetesJson.ToText(pod.Status)}\n{string.Join('\n', (await EventsAsync(pod)).Select(Told))}";
            throw new InvalidOperationException($"{exception.Message} {told}", exception);
        }

        return pod!;
    }

    public Task<Pod> UntilRunningAsync(string name) => UntilAsync(name, pod => pod.Status.Phase == "Running" && IsReady(pod));

    /// <summary>The pod, once its one container waits for the reason.</summary>
    public Task<Pod> UntilWaitingAsync(string name, string reason) => UntilAsync(name, pod => Waiting(pod)?.Reason == reason);

    public async Task<IReadOnlyList<Event>> EventsAsync(Pod pod)
    {
        var events = await Api.ListAsync<Event>(new ApiSelection(Space), CancellationToken.None);
        return [.. events.Items.Where(told => told.InvolvedObject.Uid == pod.Metadata.Uid)];
    }

    /// <summary>The pod's event of that reason, once it is written.</summary>
    public async Task<Event> UntilEventAsync(Pod pod, string reason, string part = "")
    {
        Event? found = null;
        await Eventually.TrueAsync(
            async () => (found = (await EventsAsync(pod)).FirstOrDefault(told => told.Reason == reason && told.Message.Contains(part, StringComparison.Ordinal))) is not null,
            $"pod {pod.Metadata.Name} has no event {reason}");
        return found!;
    }

    /// <summary>All instances that were ever bought for the pod.</summary>
    public IReadOnlyList<InstanceView> Instances(Pod pod) =>
        [.. simulator.Simulation.Ec2.Snapshot().Where(instance => instance.Tags.GetValueOrDefault("PodUid") == pod.Metadata.Uid)];

    /// <summary>Returns at the moment at which EC2 launches an instance after <paramref name="cause"/> has begun.</summary>
    public async Task UntilLaunchAsync(Func<Task> cause)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        var changes = simulator.Simulation.Ec2.WatchInstancesAsync(patience.Token);
        var caused = cause();
        await foreach (var change in changes)
        {
            if (change.Kind == InstanceChangeKind.Launched)
            {
                break;
            }
        }

        await caused;
    }

    public IReadOnlyList<InstanceView> LiveInstances(Pod pod) => [.. Instances(pod).Where(IsLive)];

    /// <summary>Every pod deleted, every instance terminated, no process left.</summary>
    public async Task DeleteAllAsync()
    {
        foreach (var pod in (await Api.ListAsync<Pod>(new ApiSelection(Space), CancellationToken.None)).Items)
        {
            await DeleteAsync(pod.Metadata.Name);
        }

        await Eventually.TrueAsync(
            async () => (await Api.ListAsync<Pod>(ApiSelection.All, CancellationToken.None)).Items.Count == 0, "a pod is left");
        await Eventually.TrueAsync(
            () => simulator.Simulation.Ec2.Snapshot().All(instance => instance.State == InstanceState.Terminated), "an instance is not terminated");
        Assert.Empty(simulator.Simulation.Status().Hosts);
        Assert.Empty(ProcessTree.Find(simulator.Directory.Hosts, []));
    }

    public static ContainerStateWaiting? Waiting(Pod pod) => pod.Status?.ContainerStatuses.FirstOrDefault()?.State?.Waiting;

    public static bool IsLive(InstanceView instance) => instance.State is not (InstanceState.ShuttingDown or InstanceState.Terminated);

    private static bool IsReady(Pod pod) => pod.Status.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" });

    private static string Told(Event told) => $"{told.Type} {told.Reason}: {told.Message}";
}
