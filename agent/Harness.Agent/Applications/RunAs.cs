namespace Harness.Agent.Applications;

/// <summary>
/// The user and groups that a workload runs as, and what it may do with them. Groups: supplementary ones, separated by commas.
/// Capabilities: a bounding set as setpriv takes it ("-all,+chown"); empty: as the agent's.
/// </summary>
internal sealed record RunAs(long? User, long? Group, bool NoNewPrivileges)
{
    public static RunAs Agent { get; } = new(null, null, false);

    public string Groups { get; init; } = "";

    public string Capabilities { get; init; } = "";
}
