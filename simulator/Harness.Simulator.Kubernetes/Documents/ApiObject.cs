using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Simulator.Kubernetes.Documents;

/// <summary>
/// A Kubernetes object inside the server: a message for built-in kinds, a JSON document for the others, with its metadata as a message in
/// both cases. A working copy may be changed by its one owner; once it is stored nobody changes it any more (see <see cref="Clone"/>).
/// </summary>
public abstract class ApiObject
{
    /// <summary>The object's metadata; part of the object, so that changes to it change the object.</summary>
    public abstract ObjectMeta Metadata { get; }

    /// <summary>An independent copy that its caller may change.</summary>
    public abstract ApiObject Clone();

    /// <summary>Whether both are the same object in every field, metadata included.</summary>
    public abstract bool ContentEquals(ApiObject other);
}
