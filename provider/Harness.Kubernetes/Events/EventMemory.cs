namespace Harness.Kubernetes.Events;

/// <summary>
/// Remembers the latest events, a bounded number of them, so that repeats are counted rather than written again. Used by one loop.
/// </summary>
internal sealed class EventMemory(int capacity, TimeSpan window)
{
    private readonly Dictionary<EventIdentity, LinkedListNode<(EventIdentity Identity, WrittenEvent Event)>> _byIdentity = [];
    private readonly LinkedList<(EventIdentity Identity, WrittenEvent Event)> _oldestFirst = new();

    public int Count => _byIdentity.Count;

    public WrittenEvent? Find(EventIdentity identity, DateTimeOffset now) =>
        _byIdentity.TryGetValue(identity, out var node) && now - node.Value.Event.LastAt <= window ? node.Value.Event : null;

    public void Remember(EventIdentity identity, WrittenEvent written)
    {
        Forget(identity);
        _byIdentity[identity] = _oldestFirst.AddLast((identity, written));
        if (_byIdentity.Count > capacity)
        {
            Forget(_oldestFirst.First!.Value.Identity);
        }
    }

    public void Forget(EventIdentity identity)
    {
        if (_byIdentity.Remove(identity, out var node))
        {
            _oldestFirst.Remove(node);
        }
    }
}
