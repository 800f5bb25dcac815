namespace Harness.Agent.Applications;

/// <summary>The user and group that a workload runs as, and whether it may gain privileges by set-user-ID programs.</summary>
internal sealed record RunAs(long? User, long? Group, bool NoNewPrivileges)
{
    public static RunAs Agent { get; } = new(null, null, false);
}
