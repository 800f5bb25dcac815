namespace Harness.Simulator.Kubernetes.Selectors;

/// <summary>A selector's text cannot be read; the message is the one a real API server gives.</summary>
public sealed class SelectorException(string message) : Exception(message);
