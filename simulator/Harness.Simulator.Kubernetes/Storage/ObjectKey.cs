namespace Harness.Simulator.Kubernetes.Storage;

/// <summary>
/// Where an object stands within its resource: its namespace (empty for cluster-scoped ones) and name. Ordered as etcd orders the paths,
/// which is the order of lists and of their pages.
/// </summary>
public readonly record struct ObjectKey(string Namespace, string Name) : IComparable<ObjectKey>
{
    /// <summary><c>namespace/name</c>, or the name alone.</summary>
    public string Path => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";

    /// <inheritdoc/>
    public int CompareTo(ObjectKey other) => string.CompareOrdinal(Path, other.Path);

    /// <inheritdoc/>
    public override string ToString() => Path;

    /// <summary>Order of the paths.</summary>
    public static bool operator <(ObjectKey left, ObjectKey right) => left.CompareTo(right) < 0;

    /// <summary>Order of the paths.</summary>
    public static bool operator >(ObjectKey left, ObjectKey right) => left.CompareTo(right) > 0;

    /// <summary>Order of the paths.</summary>
    public static bool operator <=(ObjectKey left, ObjectKey right) => left.CompareTo(right) <= 0;

    /// <summary>Order of the paths.</summary>
    public static bool operator >=(ObjectKey left, ObjectKey right) => left.CompareTo(right) >= 0;
}
