namespace Harness.Agent;

/// <summary>The agent cannot start in this environment; the message says why in one line, and what to do.</summary>
public sealed class AgentStartException(string message, Exception innerException) : Exception(message, innerException);
