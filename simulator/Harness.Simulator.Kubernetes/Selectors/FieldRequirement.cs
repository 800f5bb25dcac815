namespace Harness.Simulator.Kubernetes.Selectors;

/// <summary>One field that must have, or must not have, a value.</summary>
internal sealed record FieldRequirement(string Field, bool IsEqual, string Value);
