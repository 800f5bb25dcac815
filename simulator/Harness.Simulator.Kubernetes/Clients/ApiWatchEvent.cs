namespace Harness.Simulator.Kubernetes.Clients;

/// <summary>One change that a watch saw; of a deletion the object's last state. <paramref name="Revision"/> is where to go on from.</summary>
public sealed record ApiWatchEvent<T>(ApiWatchEventType Type, T Object, long Revision);
