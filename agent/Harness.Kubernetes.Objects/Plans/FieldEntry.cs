namespace Harness.Kubernetes.Objects.Plans;

/// <summary>A field as the JSON object of a message shows it: its own, or one of a message that is inlined.</summary>
/// <param name="Parents">The inlined messages to walk through, outermost first; empty for an own field.</param>
/// <param name="Field">The field in the last of them.</param>
internal sealed record FieldEntry(FieldPlan[] Parents, FieldPlan Field);
