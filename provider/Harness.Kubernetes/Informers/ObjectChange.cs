namespace Harness.Kubernetes.Informers;

/// <summary>
/// A change in an informer's cache. The objects are shared with everyone: not to be changed.
/// </summary>
/// <param name="Type">What happened.</param>
/// <param name="Key">Which object.</param>
/// <param name="Old">Before; null when it is new.</param>
/// <param name="New">After; of a deletion the last state known.</param>
public sealed record ObjectChange<T>(ObjectChangeType Type, ObjectKey Key, T? Old, T New)
    where T : class;
