namespace Harness.Agent.Services;

/// <summary>Tells one run of the agent's program from another.</summary>
internal sealed record RunIdentity(string Id);
