namespace Harness.Agent.Bootstrap;

/// <summary>The instance's user data cannot be used; the message says why, and what to do.</summary>
internal sealed class UserDataException(string message) : Exception(message);
