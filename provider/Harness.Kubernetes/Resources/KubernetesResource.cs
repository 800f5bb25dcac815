using Google.Protobuf;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Kubernetes.Resources;

/// <summary>
/// A resource of the API: where it stands in the URL space and which message carries it. Immutable; the known ones are in
/// <see cref="KubernetesResources"/>.
/// </summary>
public sealed class KubernetesResource<T>(
    string group, string version, string kind, string plural, bool isNamespaced, Func<T, ObjectMeta?> metadata)
    where T : class, IMessage<T>, new()
{
    private static readonly ObjectMeta NoMetadata = new();

    /// <summary>Empty for the core group.</summary>
    public string Group { get; } = group;

    public string Version { get; } = version;

    public string Kind { get; } = kind;

    /// <summary>The name in URLs, such as <c>pods</c>.</summary>
    public string Plural { get; } = plural;

    public bool IsNamespaced { get; } = isNamespaced;

    public string ApiVersion { get; } = group.Length == 0 ? version : $"{group}/{version}";

    public MessageParser<T> Parser { get; } = new(static () => new T());

    /// <summary>The object's metadata; an empty one (not to be changed) when it has none.</summary>
    public ObjectMeta MetadataOf(T item) => metadata(item) ?? NoMetadata;

    /// <summary>The path of the collection, of an object in it, or of an object's subresource. A null namespace means all of them.</summary>
    public string Path(string? ns, string? name = null, string? subresource = null)
    {
        if (IsNamespaced && name is not null && string.IsNullOrEmpty(ns))
        {
            throw new ArgumentException($"{Kind} {name}: a namespace is needed.", nameof(ns));
        }

        var root = Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Group}/{Version}";
        var scope = IsNamespaced && !string.IsNullOrEmpty(ns) ? $"/namespaces/{Uri.EscapeDataString(ns)}" : "";
        var item = name is null ? "" : $"/{Uri.EscapeDataString(name)}";
        var sub = subresource is null ? "" : $"/{subresource}";
        return $"{root}{scope}/{Plural}{item}{sub}";
    }

    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}
