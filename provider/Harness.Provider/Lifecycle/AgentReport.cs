using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Provider.Lifecycle;

/// <summary>
/// A status as an agent reported it: the phase for the core, a fingerprint to see change by, and the message itself as an
/// opaque attachment that only the edges read. Equal when phase, readiness and fingerprint are.
/// </summary>
internal sealed record AgentReport(PodPhase Phase, bool Ready, string Fingerprint, PodStatus? Status)
{
    /// <summary>What went wrong with the containers, in one sentence; empty when nothing did.</summary>
    public string Trouble { get; init; } = "";

    public bool Equals(AgentReport? other) =>
        other is not null && Phase == other.Phase && Ready == other.Ready && Fingerprint == other.Fingerprint;

    public override int GetHashCode() => HashCode.Combine(Phase, Ready, Fingerprint);
}
