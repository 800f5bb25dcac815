namespace Harness.Simulator.Kubernetes.Storage;

/// <summary>
/// The latest writes to one resource, oldest first, at most <c>capacity</c> of them. Not thread-safe: the store's lock guards it.
/// </summary>
internal sealed class EventWindow(int capacity)
{
    private readonly List<StoreEvent> _ring = [];
    private int _start;

    /// <summary>Everything after this revision is still here.</summary>
    public long Compacted { get; private set; }

    public int Count => _ring.Count;

    public StoreEvent this[int index] => _ring[(_start + index) % _ring.Count];

    public void Append(StoreEvent change)
    {
        if (_ring.Count < capacity)
        {
            _ring.Add(change);
            return;
        }

        Compacted = _ring[_start].Revision;
        _ring[_start] = change;
        _start = (_start + 1) % capacity;
    }

    /// <summary>Forgets every write; the caller's revision is the latest.</summary>
    public void Clear(long revision)
    {
        _ring.Clear();
        _start = 0;
        Compacted = revision;
    }

    /// <summary>Index of the first event after that revision; <see cref="Count"/> when there is none.</summary>
    public int IndexAfter(long revision)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (this[middle].Revision > revision)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
