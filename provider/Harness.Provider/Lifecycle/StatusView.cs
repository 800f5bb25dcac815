namespace Harness.Provider.Lifecycle;

/// <summary>
/// The status a pod should have in the API, in the core's terms. <see cref="Statuses.PodStatusRenderer"/> renders it into a PodStatus; two
/// equal views render alike, so an unchanged view is never written twice.
/// </summary>
internal sealed record StatusView
{
    public PodPhase Phase { get; init; } = PodPhase.Pending;

    /// <summary>Why each container waits (before the agent reports), for example <c>InstanceBooting</c>.</summary>
    public string WaitingReason { get; init; } = "";
    public string WaitingMessage { get; init; } = "";

    /// <summary>The pod's own reason and message: set when the provider, not the agent, decides its phase.</summary>
    public string Reason { get; init; } = "";
    public string Message { get; init; } = "";

    /// <summary>Why Ready is False though the agent's last report says otherwise; empty: the report stands.</summary>
    public string UnreadyReason { get; init; } = "";

    public string? PodIp { get; init; }

    /// <summary>The last report that counts as evidence: one from after LaunchApplication.</summary>
    public AgentReport? Report { get; init; }
}
