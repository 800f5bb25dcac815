namespace Harness.Kubernetes;

/// <summary>An event of a watch. Errors are thrown, not delivered.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object after it (of a deletion: the last state).</param>
public sealed record WatchEvent<T>(WatchEventType Type, T Object);
