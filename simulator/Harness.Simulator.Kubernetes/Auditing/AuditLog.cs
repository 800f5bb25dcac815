namespace Harness.Simulator.Kubernetes.Auditing;

/// <summary>
/// The writes to the API in the order in which they ended, the latest <c>capacity</c> of them, for those who judge a run afterwards.
/// Safe for any thread.
/// </summary>
public sealed class AuditLog(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Queue<AuditEntry> _entries = [];
    private long _sequence;

    /// <summary>How many entries no longer fit.</summary>
    public long Dropped { get; private set; }

    /// <summary>Adds an entry under the next sequence number.</summary>
    public void Add(Func<long, AuditEntry> make)
    {
        lock (_lock)
        {
            if (_entries.Count == capacity)
            {
                _entries.Dequeue();
                Dropped++;
            }

            _entries.Enqueue(make(++_sequence));
        }
    }

    /// <summary>The entries after a sequence number (0: all that are left), oldest first.</summary>
    public IReadOnlyList<AuditEntry> After(long sequence = 0)
    {
        lock (_lock)
        {
            return [.. _entries.Where(entry => entry.Sequence > sequence)];
        }
    }
}
