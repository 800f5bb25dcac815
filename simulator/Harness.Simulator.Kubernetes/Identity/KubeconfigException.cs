namespace Harness.Simulator.Kubernetes.Identity;

/// <summary>A kubeconfig is not there, or cannot be used; the message says which entry, why, and what to do.</summary>
public sealed class KubeconfigException(string message, Exception? inner = null) : Exception(message, inner);
