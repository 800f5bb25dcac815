namespace Harness.Provider.Agents;

/// <summary>The streams that are held open on an agent's connection.</summary>
internal enum AgentStream
{
    Application,
    Health,
}
