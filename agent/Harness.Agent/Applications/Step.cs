using System.Collections.Immutable;

namespace Harness.Agent.Applications;

/// <summary>The outcome of one event: the next state, and what to do, in order.</summary>
internal sealed record Step(ApplicationState State, ImmutableArray<ApplicationEffect> Effects);
