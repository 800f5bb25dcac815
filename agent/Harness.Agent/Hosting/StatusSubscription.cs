using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Agent.Hosting;

/// <summary>
/// What one watcher has yet to read, in order. A reader that keeps up gets every status; for a slow one the latest replaces the one
/// before it once the queue is full, so memory is bounded and the last state is never lost. One reader; offered to by the board.
/// </summary>
internal sealed class StatusSubscription(Action<StatusSubscription> removed) : IDisposable
{
    private const int Capacity = 32;
    private readonly Lock _lock = new();
    private readonly LinkedList<PodStatus> _waiting = new();
    private TaskCompletionSource _offered = NewSignal();

    public void Offer(PodStatus status)
    {
        lock (_lock)
        {
            if (_waiting.Count == Capacity)
            {
                _waiting.RemoveLast();
            }

            _waiting.AddLast(status);
            _offered.TrySetResult();
        }
    }

    /// <summary>The next status, or null when there is none at the moment.</summary>
    public PodStatus? TryTake()
    {
        lock (_lock)
        {
            var first = _waiting.First?.Value;
            if (first is not null)
            {
                _waiting.RemoveFirst();
            }

            if (_waiting.Count == 0 && _offered.Task.IsCompleted)
            {
                _offered = NewSignal();
            }

            return first;
        }
    }

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _offered.Task.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => removed(this);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
