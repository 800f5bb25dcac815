namespace Harness.Simulator.Composition;

/// <summary>The simulator could not be started; the message says which part, why, and what to do.</summary>
public sealed class SimulatorStartException(string message, Exception? inner = null) : Exception(message, inner);
