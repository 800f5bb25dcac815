namespace Harness.Kubernetes.Queues;

/// <summary>
/// Keys that need work. A key waits once, however often it is added; it is with one worker at a time, and comes again if it was added
/// meanwhile. The first addition is never delayed. Bounded by the number of distinct keys. Thread-safe.
/// </summary>
public sealed class WorkQueue<TKey>(BackoffPolicy backoff, Random random, TimeProvider clock) : IDisposable
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Queue<TKey> _ready = new();
    private readonly HashSet<TKey> _waiting = [];
    private readonly HashSet<TKey> _processing = [];
    private readonly HashSet<TKey> _addedMeanwhile = [];
    private readonly Dictionary<TKey, int> _failures = [];
    private readonly DelayedKeys<TKey> _delayed = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly CancellationTokenSource _shutdown = new();
    private ITimer? _timer;
    private long _adds;
    private long _retries;
    private bool _isShutDown;

    public WorkQueueCounts Counts
    {
        get
        {
            lock (_lock)
            {
                return new WorkQueueCounts(_ready.Count, _delayed.Count, _processing.Count, _adds, _retries);
            }
        }
    }

    /// <summary>Asks for work on the key now.</summary>
    public void Add(TKey key)
    {
        lock (_lock)
        {
            AddLocked(key);
        }
    }

    /// <summary>Asks for work on the key after a while; of several such requests the earliest holds.</summary>
    public void AddAfter(TKey key, TimeSpan delay)
    {
        lock (_lock)
        {
            AddAfterLocked(key, delay);
        }
    }

    /// <summary>Asks for work after a failure: each one in a row waits longer, up to the cap.</summary>
    public TimeSpan AddAfterFailure(TKey key, TimeSpan? atLeast = null)
    {
        lock (_lock)
        {
            var failures = _failures.GetValueOrDefault(key) + 1;
            _failures[key] = failures;
            _retries++;
            var delay = backoff.Delay(failures, random);
            delay = atLeast > delay ? atLeast.Value : delay;
            AddAfterLocked(key, delay);
            return delay;
        }
    }

    /// <summary>Ends the count of failures in a row.</summary>
    public void Forget(TKey key)
    {
        lock (_lock)
        {
            _failures.Remove(key);
        }
    }

    public int FailuresOf(TKey key)
    {
        lock (_lock)
        {
            return _failures.GetValueOrDefault(key);
        }
    }

    /// <summary>Takes the next key; <see cref="Done"/> must follow.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled, or the queue was shut down.</exception>
    public async Task<TKey> TakeAsync(CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _shutdown.Token);
        await _available.WaitAsync(both.Token);
        lock (_lock)
        {
            var key = _ready.Dequeue();
            _waiting.Remove(key);
            _processing.Add(key);
            return key;
        }
    }

    /// <summary>The worker is through with the key, well or not.</summary>
    public void Done(TKey key)
    {
        lock (_lock)
        {
            _processing.Remove(key);
            if (_addedMeanwhile.Remove(key))
            {
                AddLocked(key);
            }
        }
    }

    /// <summary>Ends all waiting for keys; what was not taken is left.</summary>
    public void ShutDown()
    {
        lock (_lock)
        {
            _isShutDown = true;
            _timer?.Dispose();
        }

        _shutdown.Cancel();
    }

    public void Dispose()
    {
        ShutDown();
        _available.Dispose();
        _shutdown.Dispose();
    }

    private void AddLocked(TKey key)
    {
        if (_isShutDown)
        {
            return;
        }

        if (_processing.Contains(key))
        {
            _addedMeanwhile.Add(key);
        }
        else if (_waiting.Add(key))
        {
            _adds++;
            _ready.Enqueue(key);
            _available.Release();
        }
    }

    private void AddAfterLocked(TKey key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            AddLocked(key);
        }
        else if (!_isShutDown && _delayed.Add(key, clock.GetUtcNow() + delay))
        {
            SetTimerLocked();
        }
    }

    private void SetTimerLocked()
    {
        _timer ??= clock.CreateTimer(static queue => ((WorkQueue<TKey>)queue!).Release(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (_delayed.NextDue is { } due)
        {
            var delay = due - clock.GetUtcNow();
            _timer.Change(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void Release()
    {
        lock (_lock)
        {
            if (_isShutDown)
            {
                return;
            }

            while (_delayed.TryTakeDue(clock.GetUtcNow(), out var key))
            {
                AddLocked(key);
            }

            SetTimerLocked();
        }
    }
}
