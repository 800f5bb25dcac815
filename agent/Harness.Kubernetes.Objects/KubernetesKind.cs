using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Harness.Kubernetes.Objects;

/// <summary>
/// A kind of the Kubernetes API that has a message: its group, version and name. Immutable; see <see cref="KubernetesKinds"/>.
/// </summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version within the group, such as <c>v1</c>.</param>
/// <param name="Kind">The kind's name, such as <c>Pod</c> or <c>PodList</c>.</param>
/// <param name="Descriptor">The message that carries it.</param>
public sealed record KubernetesKind(string Group, string Version, string Kind, MessageDescriptor Descriptor)
{
    /// <summary><c>v1</c> in the core group, <c>group/version</c> elsewhere.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Whether objects of this kind are lists of others (<c>items</c> and list metadata).</summary>
    public bool IsList => Kind.EndsWith("List", StringComparison.Ordinal) && Descriptor.FindFieldByName("items") is not null;

    /// <summary>A new, empty message of this kind.</summary>
    public IMessage Create() => Descriptor.Parser.ParseFrom(ReadOnlySpan<byte>.Empty);
}
