namespace Harness.Simulator.Kubernetes.Storage;

/// <summary>All objects of one resource as they stood at one revision, in the order of their keys. Immutable.</summary>
public sealed class StoreSnapshot
{
    private readonly ObjectSet _objects;

    internal StoreSnapshot(ObjectSet objects, long revision)
    {
        _objects = objects;
        Revision = revision;
    }

    /// <summary>The revision of the whole store at which this was so.</summary>
    public long Revision { get; }

    /// <summary>How many there are, in all namespaces.</summary>
    public int Count => _objects.Count;

    /// <summary>The objects of one namespace (null: of all) whose path comes at or after <paramref name="start"/>, in order.</summary>
    public IEnumerable<StoredObject> Objects(string? inNamespace = null, string start = "") => _objects.Range(inNamespace, start);
}
