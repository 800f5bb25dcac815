using System.Threading.Channels;

namespace Harness.Simulator.Kubernetes.Controllers.Machinery;

/// <summary>
/// Keys that wait to be worked on. A key that waits already is not queued twice; one that is being worked on is queued again
/// once that is done. Failures wait longer each time, up to a cap. For any number of producers and one consumer.
/// </summary>
public sealed class KeyQueue(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Channel<ObjectName> _ready = Channel.CreateUnbounded<ObjectName>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HashSet<ObjectName> _waiting = [];
    private readonly Dictionary<ObjectName, int> _failures = [];
    private readonly Dictionary<ObjectName, (DateTimeOffset Due, ITimer Timer)> _delayed = [];
    private bool _disposed;

    /// <summary>Queues the key now.</summary>
    public void Add(ObjectName key)
    {
        lock (_lock)
        {
            if (!_disposed && _waiting.Add(key))
            {
                _ready.Writer.TryWrite(key);
            }
        }
    }

    /// <summary>Queues the key after a delay; an earlier appointment of the same key stands.</summary>
    public void AddAfter(ObjectName key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(key);
            return;
        }

        lock (_lock)
        {
            var due = time.GetUtcNow() + delay;
            if (_disposed || (_delayed.TryGetValue(key, out var earlier) && earlier.Due <= due))
            {
                return;
            }

            earlier.Timer?.Dispose();
            _delayed[key] = (due, time.CreateTimer(_ => Due(key), null, delay, Timeout.InfiniteTimeSpan));
        }
    }

    /// <summary>Queues the key after a delay that doubles with each failure in a row.</summary>
    public void AddAfterFailure(ObjectName key)
    {
        int failures;
        lock (_lock)
        {
            failures = _failures.GetValueOrDefault(key);
            _failures[key] = failures + 1;
        }

        var delay = FirstBackoff * Math.Pow(2, Math.Min(failures, 16));
        AddAfter(key, delay < LongestBackoff ? delay : LongestBackoff);
    }

    /// <summary>The next failure of the key is its first one again.</summary>
    public void Forget(ObjectName key)
    {
        lock (_lock)
        {
            _failures.Remove(key);
        }
    }

    /// <summary>Waits for a key.</summary>
    public async ValueTask<ObjectName> TakeAsync(CancellationToken cancellationToken)
    {
        var key = await _ready.Reader.ReadAsync(cancellationToken);
        lock (_lock)
        {
            _waiting.Remove(key);
        }

        return key;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var (_, timer) in _delayed.Values)
            {
                timer.Dispose();
            }

            _delayed.Clear();
        }
    }

    private void Due(ObjectName key)
    {
        lock (_lock)
        {
            if (_delayed.Remove(key, out var appointment))
            {
                appointment.Timer.Dispose();
            }
        }

        Add(key);
    }
}
