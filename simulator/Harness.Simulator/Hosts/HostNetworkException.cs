namespace Harness.Simulator.Hosts;

/// <summary>A host cannot be given its address; the message says which, why, and what to do.</summary>
internal sealed class HostNetworkException(string message) : Exception(message);
