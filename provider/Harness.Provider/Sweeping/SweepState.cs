using System.Collections.Immutable;

namespace Harness.Provider.Sweeping;

/// <summary>What the sweep remembers: when each instance without a pod was first confirmed to be one. Immutable.</summary>
internal sealed record SweepState(ImmutableDictionary<string, DateTimeOffset> FirstConfirmed)
{
    public static SweepState Empty { get; } = new(ImmutableDictionary<string, DateTimeOffset>.Empty);
}
