using System.Collections.Immutable;

namespace Harness.Provider.Lifecycle;

/// <summary>
/// One step of one pod in the making: the record as it changes and the effects as they gather. Lives inside one call of
/// <see cref="PodCore.Step"/> and never escapes it; what goes in and out are values.
/// </summary>
internal sealed class PodTurn(PodRecord pod, DateTimeOffset now, PodPolicy policy)
{
    private readonly ImmutableArray<PodEffect>.Builder _effects = ImmutableArray.CreateBuilder<PodEffect>();

    public PodRecord Pod { get; set; } = pod;
    public DateTimeOffset Now { get; } = now;
    public PodPolicy Policy { get; } = policy;

    public bool Deleting => Pod.Deletion is not null;

    public void Do(PodEffect effect) => _effects.Add(effect);

    public void Announce(string reason, string message) => Do(new PodEffect.Announce(false, reason, message));

    public void Warn(string reason, string message) => Do(new PodEffect.Announce(true, reason, message));

    /// <summary>Enters a stage: its clock and its failures start anew.</summary>
    public void Enter(PodStage stage) => Pod = Pod with { Stage = stage, WakeAt = null, Failures = 0 };

    /// <summary>The stage's effect failed: it is repeated after a backoff.</summary>
    public void RetryAfter(Backoff backoff)
    {
        var failures = Pod.Failures + 1;
        Pod = Pod with { Failures = failures, WakeAt = Now + backoff.After(failures, Pod.Uid) };
    }

    public void WakeIn(TimeSpan delay) => Pod = Pod with { WakeAt = Now + delay };

    /// <summary>Has the pod wait, before any report of its own, for this reason.</summary>
    public void Waiting(string reason, string message) =>
        Pod = Pod with { Wanted = Pod.Wanted with { WaitingReason = reason, WaitingMessage = message } };

    public ImmutableArray<PodEffect> TakeEffects() => _effects.DrainToImmutable();
}
