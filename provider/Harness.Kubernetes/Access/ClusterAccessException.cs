namespace Harness.Kubernetes.Access;

/// <summary>The way to a cluster is not configured, or cannot be used. The message names file and field, and what to do.</summary>
public sealed class ClusterAccessException(string message, Exception? innerException = null) : Exception(message, innerException);
