using System.Collections.Immutable;
using Harness.Agent.Applications;

namespace Harness.Agent.Launching;

/// <summary>
/// What became of a launch request's pod: a spec to run, or the refusal that says why not. PassedOver: fields that are set and have no
/// effect here, each once.
/// </summary>
internal sealed record Translation(ApplicationSpec? Spec, string Refusal, ImmutableArray<string> PassedOver);
