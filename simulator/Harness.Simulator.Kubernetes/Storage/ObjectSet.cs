using System.Collections.Immutable;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.Storage;

/// <summary>
/// An immutable set of stored objects in the order of their paths: changes give a new set that shares most of the old one.
/// </summary>
internal sealed class ObjectSet
{
    private static readonly ApiResource _none =
        new() { Group = "", Version = "", Plural = "", Singular = "", Kind = "", Namespaced = false, Verbs = [] };

    private readonly ImmutableSortedSet<StoredObject> _objects;

    private ObjectSet(ImmutableSortedSet<StoredObject> objects) => _objects = objects;

    public static ObjectSet Empty { get; } = new(ImmutableSortedSet.Create<StoredObject>(new PathOrder()));

    public int Count => _objects.Count;

    public StoredObject? Find(ObjectKey key) => _objects.TryGetValue(Probe(key), out StoredObject? found) ? found : null;

    public ObjectSet With(StoredObject stored) => new(_objects.Remove(stored).Add(stored));

    public ObjectSet Without(StoredObject stored) => new(_objects.Remove(stored));

    public IEnumerable<StoredObject> Range(string? inNamespace, string start)
    {
        string prefix = string.IsNullOrEmpty(inNamespace) ? "" : inNamespace + "/";
        string from = string.CompareOrdinal(start, prefix) > 0 ? start : prefix;
        int index = _objects.IndexOf(Probe(new ObjectKey("", from)));
        for (int i = index < 0 ? ~index : index; i < _objects.Count && _objects[i].Path.StartsWith(prefix, StringComparison.Ordinal); i++)
        {
            yield return _objects[i];
        }
    }

    private static StoredObject Probe(ObjectKey key) => new(_none, key, 0, ProbeObject.Instance);

    private sealed class PathOrder : IComparer<StoredObject>
    {
        public int Compare(StoredObject? x, StoredObject? y) => string.CompareOrdinal(x?.Path, y?.Path);
    }

    private sealed class ProbeObject : ApiObject
    {
        public static readonly ProbeObject Instance = new();

        public override Harness.Kubernetes.Objects.Meta.V1.ObjectMeta Metadata { get; } = new();

        public override ApiObject Clone() => this;

        public override bool ContentEquals(ApiObject other) => ReferenceEquals(this, other);
    }
}
