namespace Harness.Simulator.Programs;

/// <summary>A program that the simulator needs could not be started; the message says which and what to do.</summary>
public sealed class ProgramStartException(string message, Exception? inner = null) : Exception(message, inner);
