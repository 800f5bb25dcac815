using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Resources;

namespace Harness.Simulator.Kubernetes.Storage;

/// <summary>
/// One version of one object in the store. Immutable and shared by every reader and watcher; who wants to change the object works on a
/// clone of <see cref="Value"/>. Its encodings are made once, by the first who needs them.
/// </summary>
public sealed class StoredObject
{
    private readonly EncodingCache _encodings = new();

    internal StoredObject(ApiResource resource, ObjectKey key, long revision, ApiObject value)
    {
        Resource = resource;
        Key = key;
        Path = key.Path;
        Revision = revision;
        Value = value;
    }

    /// <summary>The resource under which the object is stored.</summary>
    public ApiResource Resource { get; }

    /// <summary>Namespace and name.</summary>
    public ObjectKey Key { get; }

    /// <summary>The write that made this version.</summary>
    public long Revision { get; }

    /// <summary>The object; not to be changed.</summary>
    public ApiObject Value { get; }

    /// <summary>The object's metadata; not to be changed.</summary>
    public ObjectMeta Metadata => Value.Metadata;

    internal string Path { get; }

    /// <summary>The bytes of this version in some form, made by <paramref name="make"/> when they are asked for the first time.</summary>
    internal ReadOnlyMemory<byte> Encoded(ObjectEncoding encoding, Func<StoredObject, byte[]> make) => _encodings.Get(this, encoding, make);
}
