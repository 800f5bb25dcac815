using System.Diagnostics.CodeAnalysis;

namespace Harness.Kubernetes.Queues;

/// <summary>Keys with the moment at which they are due, each once, at its earliest. Its owner locks.</summary>
internal sealed class DelayedKeys<TKey>
    where TKey : notnull
{
    private readonly PriorityQueue<TKey, DateTimeOffset> _order = new();
    private readonly Dictionary<TKey, DateTimeOffset> _due = [];

    public int Count => _due.Count;

    public DateTimeOffset? NextDue => _order.TryPeek(out _, out var due) ? due : null;

    /// <returns>Whether this changed when the key is due.</returns>
    public bool Add(TKey key, DateTimeOffset due)
    {
        if (_due.TryGetValue(key, out var known) && known <= due)
        {
            return false;
        }

        // The later entry stays in the order and is passed over when its time comes.
        _due[key] = due;
        _order.Enqueue(key, due);
        return true;
    }

    public bool TryTakeDue(DateTimeOffset now, [MaybeNullWhen(false)] out TKey key)
    {
        while (_order.TryPeek(out key, out var due) && due <= now)
        {
            _order.Dequeue();
            if (_due.TryGetValue(key, out var current) && current == due)
            {
                _due.Remove(key);
                return true;
            }
        }

        key = default;
        return false;
    }
}
