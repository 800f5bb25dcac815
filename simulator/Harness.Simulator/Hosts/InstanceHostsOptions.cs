namespace Harness.Simulator.Hosts;

/// <summary>How instance hosts are run.</summary>
/// <param name="Agent">What each host's boot starts.</param>
/// <param name="PrivatePort">Where agents listen on their host's address, behind the front listener; not the front's own port.</param>
internal sealed record InstanceHostsOptions(AgentCommand Agent, int PrivatePort);
