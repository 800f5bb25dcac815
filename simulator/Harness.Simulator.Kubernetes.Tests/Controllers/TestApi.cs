using Google.Protobuf;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Auditing;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Controllers.Machinery;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.Kubernetes.Operations;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;
using Harness.Testing;

namespace Harness.Simulator.Kubernetes.Tests.Controllers;

/// <summary>
/// The API without its wire, under a clock moved by hand, with controllers running on it. Waiting is for the next write: a condition that
/// does not come true fails after a long time only.
/// </summary>
internal sealed class TestApi : IAsyncDisposable
{
    public const string Space = "default";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _running = [];

    public TestApi()
    {
        Operations = new ApiOperations(ResourceRegistry.BuiltIn, new ObjectStore(), new IdentifierSource(7), Time);
        Client = new InProcessApiClient(Operations, new Auditor(new AuditLog(10_000), Time), new UserIdentity("test", [UserIdentity.Masters]));
        foreach (var name in (string[])[Space, "kube-node-lease"])
        {
            Client.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = name } }, CancellationToken.None).GetAwaiter().GetResult();
        }
    }

    public ManualTimeProvider Time { get; } = new();

    public ApiOperations Operations { get; }

    public InProcessApiClient Client { get; }

    public void Run(Controller controller) => Run(controller.RunAsync);

    public void Run(Func<CancellationToken, Task> loop) => _running.Add(Task.Run(() => loop(_stopping.Token)));

    public Task<T> CreateAsync<T>(T value) where T : class, IMessage<T>, new() => Client.CreateAsync(value, CancellationToken.None);

    public Task DeleteAsync<T>(string name, string? propagation = null) where T : class, IMessage<T>, new() =>
        Client.DeleteAsync<T>(Space, name, new ApiDelete(PropagationPolicy: propagation), CancellationToken.None);

    public List<T> All<T>(string inNamespace = Space) where T : class, IMessage<T>, new() =>
        [.. Operations.Store.Snapshot(ResourceRegistry.BuiltIn.For<T>()).Objects(inNamespace).Select(stored => ((T)((MessageObject)stored.Value).Message).Clone())];

    public T? Find<T>(string name, string inNamespace = Space) where T : class, IMessage<T>, new() =>
        Operations.Store.Find(ResourceRegistry.BuiltIn.For<T>(), new ObjectKey(inNamespace, name)) is { } stored ? ((T)((MessageObject)stored.Value).Message).Clone() : null;

    public T Get<T>(string name, string inNamespace = Space) where T : class, IMessage<T>, new() =>
        Find<T>(name, inNamespace) ?? throw new InvalidOperationException($"{typeof(T).Name} {inNamespace}/{name} is not there.");

    public IEnumerable<Pod> ActivePods => All<Pod>().Where(PodState.IsActive);

    /// <summary>Changes the newest version of an object, as often as others interfere.</summary>
    public Task ChangeAsync<T>(string name, Action<T> change, string inNamespace = Space) where T : class, IMessage<T>, new() =>
        ChangeAsync(name, change, inNamespace, value => Client.UpdateAsync(value, CancellationToken.None));

    public Task ChangeStatusAsync<T>(string name, Action<T> change, string inNamespace = Space) where T : class, IMessage<T>, new() =>
        ChangeAsync(name, change, inNamespace, value => Client.UpdateStatusAsync(value, CancellationToken.None));

    /// <summary>Waits until the condition holds, looking after each write.</summary>
    public async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var revision = Operations.Store.Revision;
            if (holds())
            {
                return;
            }

            await Operations.Store.WaitForRevisionAsync(revision + 1, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running);
        _stopping.Dispose();
    }

    private async Task ChangeAsync<T>(string name, Action<T> change, string inNamespace, Func<T, Task<T>> write) where T : class, IMessage<T>, new()
    {
        while (true)
        {
            var value = Get<T>(name, inNamespace);
            change(value);
            try
            {
                await write(value);
                return;
            }
            catch (ApiStatusException conflict) when (conflict.IsConflict)
            {
            }
        }
    }
}
