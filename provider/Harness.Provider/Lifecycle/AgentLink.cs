namespace Harness.Provider.Lifecycle;

/// <summary>
/// How the agent of a pod's instance is in touch: dials, streams and the failures in a row. A value inside <see cref="PodRecord"/>.
/// </summary>
internal sealed record AgentLink
{
    public bool Dialling { get; init; }
    public bool Connected { get; init; }

    /// <summary>Dials in a row that failed.</summary>
    public int FailedDials { get; init; }

    /// <summary>Until then dials follow each other within milliseconds: a boot is expected to end any moment.</summary>
    public DateTimeOffset EagerUntil { get; init; }

    /// <summary>When an agent that never answered is given up; null while the instance is not running yet.</summary>
    public DateTimeOffset? ConnectDue { get; init; }

    /// <summary>Checks and streams in a row that failed.</summary>
    public int FailedChecks { get; init; }

    /// <summary>The agent's health service says NOT_SERVING: its reports do not count as recovery.</summary>
    public bool NotServing { get; init; }
    public bool Watching { get; init; }
    public bool Checking { get; init; }

    /// <summary>The watch has spoken since the check that is under way was begun: what that check will say may be older.</summary>
    public bool OutdatesCheck { get; init; }
    public DateTimeOffset? CheckAt { get; init; }
    public DateTimeOffset? RewatchAt { get; init; }
}
