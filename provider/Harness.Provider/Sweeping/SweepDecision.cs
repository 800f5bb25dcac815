using System.Collections.Immutable;

namespace Harness.Provider.Sweeping;

/// <summary>What a period comes to: the next state, the instances to end, and, when there were too many to believe, how many.</summary>
internal sealed record SweepDecision(SweepState State, ImmutableArray<SweepInstance> End, int RefusedForNumber);
