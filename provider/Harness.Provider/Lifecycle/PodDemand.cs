namespace Harness.Provider.Lifecycle;

/// <summary>
/// What the core reads off a pod's API object, and all it reads: identity, wishes, what an earlier run recorded, and the
/// order to delete. Made at the edge (<see cref="Launching.PodReader"/>) from the Pod message. A value.
/// </summary>
internal sealed record PodDemand
{
    public required string Uid { get; init; }
    public required string Namespace { get; init; }
    public required string Name { get; init; }
    public LaunchWishes Wishes { get; init; } = new();

    /// <summary>The instance that an earlier run (or an earlier provider) recorded.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The attempt that an earlier run recorded.</summary>
    public RecordedAttempt? Recorded { get; init; }

    /// <summary>The phase in the API object: Running there proves that the application was launched.</summary>
    public PodPhase Phase { get; init; }

    /// <summary>The status in the API object, for a pod that is adopted while it runs.</summary>
    public AgentReport? Reported { get; init; }

    /// <summary>By when the pod has to be gone (request time plus grace), once it is being deleted.</summary>
    public DateTimeOffset? DeletionDue { get; init; }

    /// <summary>The grace of the pod's own specification.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    public bool OwnedByDaemonSet { get; init; }

    /// <summary>The user asks by annotation for an instance, whoever owns the pod.</summary>
    public bool LaunchAsked { get; init; }

    /// <summary>The field that cannot be honoured, by name and with the reason; null when all can be.</summary>
    public string? Refusal { get; init; }
}
