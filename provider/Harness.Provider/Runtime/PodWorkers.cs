using System.Collections.Concurrent;
using Harness.Kubernetes.Informers;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Provider.Lifecycle;
using Microsoft.Extensions.Logging;

namespace Harness.Provider.Runtime;

/// <summary>
/// The pods of this node, one worker for each UID: a pod deleted and made anew under its old name is another worker. Fed by the
/// informer's handler; read by the observer, the sweep and the kubelet API from any thread. <see cref="DisposeAsync"/> ends all workers.
/// </summary>
internal sealed class PodWorkers(IPodEffects effects, PodPolicy policy, TimeProvider clock, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, PodWorker> _workers = new();
    private readonly ConcurrentDictionary<PodWorker, Task> _tasks = new();

    /// <summary>Pods that were removed, until the informer says so too: its last changes of them are no news.</summary>
    private readonly ConcurrentDictionary<string, byte> _removed = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ILogger _logger = loggers.CreateLogger<PodWorker>();

    public IReadOnlyCollection<PodWorker> All => [.. _workers.Values];

    public PodWorker? Find(string ns, string name) =>
        _workers.Values.FirstOrDefault(worker =>
            !worker.HasVanished && worker.Record is { Demand: { } demand, Stage: not PodStage.Gone }
            && demand.Namespace == ns && demand.Name == name);

    /// <summary>The informer's handler: runs on its loop.</summary>
    public void Handle(ObjectChange<Pod> change)
    {
        if (change.Type == ObjectChangeType.Deleted)
        {
            if (_workers.TryGetValue(change.Key.Uid, out var worker))
            {
                worker.Vanish();
            }

            _removed.TryRemove(change.Key.Uid, out _);
            return;
        }

        if (!_stopping.IsCancellationRequested && !_removed.ContainsKey(change.Key.Uid))
        {
            GetOrStart(change.Key.Uid, change.New).Observe(change.New);
        }
    }

    public async Task PostToInstanceAsync(string instanceId, PodEvent happened, CancellationToken cancellationToken)
    {
        foreach (var worker in _workers.Values)
        {
            if (worker.Record.Instance?.Id == instanceId)
            {
                await worker.PostAsync(happened, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_tasks.Values);
        _stopping.Dispose();
    }

    private PodWorker GetOrStart(string uid, Pod pod)
    {
        if (_workers.TryGetValue(uid, out var known))
        {
            return known;
        }

        var worker = new PodWorker(uid, effects, policy, clock, _logger);
        worker.Observe(pod);
        _workers[uid] = worker;
        _tasks[worker] = RunAsync(worker);
        return worker;
    }

    private async Task RunAsync(PodWorker worker)
    {
        await Task.Yield();
        try
        {
            await worker.RunAsync(_stopping.Token);
        }
        finally
        {
            if (worker.Record.Stage == PodStage.Gone && !worker.HasVanished)
            {
                _removed[worker.Uid] = 0;
            }

            _workers.TryRemove(new KeyValuePair<string, PodWorker>(worker.Uid, worker));
            if (!_stopping.IsCancellationRequested)
            {
                _tasks.TryRemove(worker, out _);
            }
        }
    }
}
