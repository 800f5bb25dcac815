namespace Harness.Provider.Lifecycle;

/// <summary>
/// All that the provider holds of one pod, keyed by its UID. An immutable value: <see cref="PodCore"/> makes the next one
/// from it. What must survive a crash is also in the pod's annotations and the instance's tags.
/// </summary>
internal sealed record PodRecord
{
    public required string Uid { get; init; }
    public PodStage Stage { get; init; } = PodStage.New;
    public PodDemand? Demand { get; init; }

    /// <summary>The launch attempt in force, from 1; 0 before the first.</summary>
    public int Attempt { get; init; }
    public LaunchPlan? Plan { get; init; }

    /// <summary>An outcome of this attempt is unknown: the attempt may have made an instance that no one told us of.</summary>
    public bool Doubtful { get; init; }

    /// <summary>EC2's refusal after a doubt: believed once the token is looked up and found unused.</summary>
    public string? DoubtfulRefusal { get; init; }

    /// <summary>EC2 said that the attempt's token was used already.</summary>
    public bool TokenUsed { get; init; }

    /// <summary>Lookups in a row that found nothing under the attempt's token.</summary>
    public int EmptyLookups { get; init; }

    public InstanceFacts? Instance { get; init; }

    /// <summary>Observations in a row in which EC2 did not know the instance.</summary>
    public int Missing { get; init; }

    /// <summary>The instance-id annotation is written (or need not be).</summary>
    public bool InstanceRecorded { get; init; }
    public DateTimeOffset? RecordInstanceAt { get; init; }

    /// <summary>LaunchApplication was acknowledged by this pod's instance: from here on reports are evidence.</summary>
    public bool Launched { get; init; }

    /// <summary>A launch may have been acknowledged without our knowing: "already launched" is believed.</summary>
    public bool LaunchDoubtful { get; init; }
    public AgentLink Link { get; init; } = new();

    public DeletionOrder? Deletion { get; init; }

    /// <summary>When the stage goes on by the clock; null while one of its effects is under way, or when only an event helps.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>Failures in a row of what the stage tries; the measure of its backoff.</summary>
    public int Failures { get; init; }

    /// <summary>Attempts in a row that came to nothing; the measure of the backoff between attempts.</summary>
    public int FailedAttempts { get; init; }

    public StatusView Wanted { get; init; } = new();
    public StatusView? Written { get; init; }
    public StatusView? Writing { get; init; }
    public int FailedWrites { get; init; }
    public DateTimeOffset? WriteAt { get; init; }

    /// <summary>The earliest moment at which a <see cref="PodEvent.Tick"/> has something to do; null: never.</summary>
    public DateTimeOffset? NextWake => Stage switch
    {
        PodStage.Gone => null,
        PodStage.Connecting => Earliest(WakeAt, WriteAt, RecordInstanceAt, Link.ConnectDue),
        PodStage.Running => Earliest(WakeAt, WriteAt, RecordInstanceAt, Link.CheckAt, Link.RewatchAt),
        PodStage.Stopping => Earliest(WakeAt, WriteAt, RecordInstanceAt, Link.CheckAt, Link.RewatchAt, Deletion?.Due),
        _ => Earliest(WakeAt, WriteAt, RecordInstanceAt),
    };

    private static DateTimeOffset? Earliest(params ReadOnlySpan<DateTimeOffset?> moments)
    {
        DateTimeOffset? earliest = null;
        foreach (var moment in moments)
        {
            earliest = moment is { } at && (earliest is null || at < earliest) ? at : earliest;
        }

        return earliest;
    }
}
