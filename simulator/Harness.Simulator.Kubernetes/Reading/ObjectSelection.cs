using Harness.Simulator.Kubernetes.Selectors;
using Harness.Simulator.Kubernetes.Storage;

namespace Harness.Simulator.Kubernetes.Reading;

/// <summary>Which objects of a resource a reader wants: of one namespace or all (null), by labels and by fields. Immutable.</summary>
internal sealed record ObjectSelection(string? Namespace, LabelSelector Labels, FieldSelector Fields)
{
    /// <summary>Whether a selector narrows the objects down; the namespace is none.</summary>
    public bool IsSelective => !Labels.IsEmpty || !Fields.IsEmpty;

    public bool Matches(StoredObject stored) =>
        (Namespace is null || stored.Key.Namespace == Namespace) && Labels.Matches(stored.Metadata.Labels) && Fields.Matches(stored);
}
