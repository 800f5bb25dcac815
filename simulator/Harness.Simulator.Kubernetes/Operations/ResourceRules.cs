using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>
/// What is special about writing one resource. The ordinary kind is described by this class alone: status is written through its
/// subresource, a change of spec bumps the generation where the kind has one, anything that decodes is valid. Stateless, for any thread.
/// </summary>
internal class ResourceRules
{
    /// <summary>Whether objects count the changes of their spec in <c>metadata.generation</c>.</summary>
    public bool HasGeneration { get; init; }

    /// <summary>Whether a change of the annotations counts as well.</summary>
    public bool CountsAnnotations { get; init; }

    /// <summary>Whether an update of an object that is not there creates it.</summary>
    public bool CreatesOnUpdate { get; init; }

    /// <summary>Whether an update must name the version that it replaces.</summary>
    public bool NeedsResourceVersion { get; init; }

    /// <summary>Whether the answer to a deletion is the object even when it went at once.</summary>
    public bool ReturnsDeleted { get; init; }

    /// <summary>Whether a new object keeps the status that its sender gave it.</summary>
    public bool CreatesWithStatus { get; init; }

    /// <summary>Whether labels and annotations may be written together with the status.</summary>
    public bool StatusWritesMetadata { get; init; }

    /// <summary>Whether a name may hold capitals and more, as those of RBAC do.</summary>
    public bool HasPathSegmentName { get; init; }

    /// <summary>Whether the name must be a single DNS label.</summary>
    public bool HasLabelName { get; init; }

    /// <summary>Sets what a new object has whatever its sender says. Metadata is already in order, the status already cleared.</summary>
    public virtual void PrepareCreate(ApiObject value)
    {
    }

    /// <summary>What is wrong with a new object.</summary>
    public virtual IEnumerable<FieldError> ValidateCreate(ApiObject value) => [];

    /// <summary>Sets what an update cannot change. The status is already the old one.</summary>
    public virtual void PrepareUpdate(ApiObject old, ApiObject value)
    {
    }

    /// <summary>What is wrong with an updated object.</summary>
    public virtual IEnumerable<FieldError> ValidateUpdate(ApiObject old, ApiObject value) => ValidateCreate(value);

    /// <summary>Completes a status that was written. Everything else is already the old one.</summary>
    public virtual void PrepareStatus(ApiObject old, ApiObject value)
    {
    }

    /// <summary>What is wrong with an object's new status.</summary>
    public virtual IEnumerable<FieldError> ValidateStatus(ApiObject old, ApiObject value) => [];

    /// <summary>The seconds that a deletion waits; null when it does not wait.</summary>
    public virtual long? GraceSeconds(ApiObject value, long? asked) => null;

    /// <summary>Refuses a deletion that is never allowed.</summary>
    public virtual void CheckDelete(ApiResource resource, string name)
    {
    }
}
