using System.Collections.Immutable;

namespace Harness.Provider.Lifecycle;

/// <summary>What one event makes of a pod: the next record and what is to be done, in this order.</summary>
internal sealed record PodStep(PodRecord Pod, ImmutableArray<PodEffect> Effects);
