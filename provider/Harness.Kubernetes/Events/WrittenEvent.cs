namespace Harness.Kubernetes.Events;

/// <summary>An event that the server has, and how often it was told.</summary>
internal sealed record WrittenEvent(string Namespace, string Name, int Count, DateTimeOffset LastAt);
