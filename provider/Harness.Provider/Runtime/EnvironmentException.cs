namespace Harness.Provider.Runtime;

/// <summary>
/// The machine lacks what the provider needs (a port in use, no kubeconfig). The message is one line: what, and what to do.
/// </summary>
public sealed class EnvironmentException(string message, Exception? innerException = null) : Exception(message, innerException);
