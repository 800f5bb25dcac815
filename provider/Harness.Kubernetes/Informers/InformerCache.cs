using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Harness.Kubernetes.Resources;

namespace Harness.Kubernetes.Informers;

/// <summary>
/// The objects of one resource as last seen, by namespace and name. An object of another UID under the same name is another object: the
/// old one's deletion comes first. One writer; readers from anywhere.
/// </summary>
internal sealed class InformerCache<T>(KubernetesResource<T> resource)
    where T : class, IMessage<T>, new()
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Namespace, string Name), T> _items = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _items.Count;
            }
        }
    }

    public bool TryGet(string ns, string name, [NotNullWhen(true)] out T? item)
    {
        lock (_lock)
        {
            return _items.TryGetValue((ns, name), out item);
        }
    }

    public IReadOnlyList<T> List()
    {
        lock (_lock)
        {
            return [.. _items.Values];
        }
    }

    /// <summary>Takes an object as it is now. The same version again is no change.</summary>
    public IReadOnlyList<ObjectChange<T>> Put(T item)
    {
        var key = KeyOf(item);
        lock (_lock)
        {
            var old = _items.GetValueOrDefault((key.Namespace, key.Name));
            _items[(key.Namespace, key.Name)] = item;
            return Compare(key, old, item);
        }
    }

    /// <summary>Takes an object's end, unless the name belongs to another one by now.</summary>
    public IReadOnlyList<ObjectChange<T>> Remove(T last)
    {
        var key = KeyOf(last);
        lock (_lock)
        {
            var known = _items.GetValueOrDefault((key.Namespace, key.Name));
            if (known is null || resource.MetadataOf(known).Uid != key.Uid)
            {
                return [];
            }

            _items.Remove((key.Namespace, key.Name));
            return [new ObjectChange<T>(ObjectChangeType.Deleted, key, known, last)];
        }
    }

    /// <summary>Ends whatever a complete list did not hold.</summary>
    public IReadOnlyList<ObjectChange<T>> RemoveUnlessIn(IReadOnlySet<(string Namespace, string Name)> listed)
    {
        var changes = new List<ObjectChange<T>>();
        lock (_lock)
        {
            foreach (var (name, item) in _items.Where(entry => !listed.Contains(entry.Key)).ToList())
            {
                _items.Remove(name);
                changes.Add(new ObjectChange<T>(ObjectChangeType.Deleted, KeyOf(item), item, item));
            }
        }

        return changes;
    }

    public ObjectKey KeyOf(T item)
    {
        var metadata = resource.MetadataOf(item);
        return new ObjectKey(metadata.Namespace, metadata.Name, metadata.Uid);
    }

    private ObjectChange<T>[] Compare(ObjectKey key, T? old, T item)
    {
        if (old is null)
        {
            return [new ObjectChange<T>(ObjectChangeType.Added, key, null, item)];
        }

        var before = resource.MetadataOf(old);
        if (before.Uid != key.Uid)
        {
            return
            [
                new ObjectChange<T>(ObjectChangeType.Deleted, KeyOf(old), old, old),
                new ObjectChange<T>(ObjectChangeType.Added, key, null, item),
            ];
        }

        return before.ResourceVersion == resource.MetadataOf(item).ResourceVersion
            ? []
            : [new ObjectChange<T>(ObjectChangeType.Updated, key, old, item)];
    }
}
