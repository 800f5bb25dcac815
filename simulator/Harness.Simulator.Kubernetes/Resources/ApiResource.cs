using Google.Protobuf.Reflection;

namespace Harness.Simulator.Kubernetes.Resources;

/// <summary>
/// One resource the API server offers: its names, its verbs and the message its objects have. Immutable; discovery, routing, storage, printing
/// and the clients all read it. Resources are compared by reference: the registry holds the one instance of each.
/// </summary>
public sealed class ApiResource
{
    /// <summary>API group; empty for the core group.</summary>
    public required string Group { get; init; }

    /// <summary>Version within the group, such as <c>v1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Lower-case plural, as in paths.</summary>
    public required string Plural { get; init; }

    /// <summary>Lower-case singular, as kubectl accepts it.</summary>
    public required string Singular { get; init; }

    /// <summary>Kind of the objects, such as <c>Pod</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether objects live in a namespace.</summary>
    public required bool Namespaced { get; init; }

    /// <summary>Verbs of the resource itself, sorted.</summary>
    public required IReadOnlyList<string> Verbs { get; init; }

    /// <summary>Short names such as <c>po</c>.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Categories such as <c>all</c>.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Subresources, sorted by name.</summary>
    public IReadOnlyList<ApiSubresource> Subresources { get; init; } = [];

    /// <summary>The message of the objects; null for kinds that are kept as JSON documents only.</summary>
    public MessageDescriptor? Descriptor { get; init; }

    /// <summary>The resource under which the objects are stored, where that is another one (events.k8s.io shows the core events); else null.</summary>
    public ApiResource? StoredAs { get; init; }

    /// <summary>Whether objects are kept. Reviews and bindings are answered, never stored.</summary>
    public bool Stored { get; init; } = true;

    /// <summary><c>v1</c> or <c>apps/v1</c>.</summary>
    public string GroupVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary><c>pods</c> or <c>deployments.apps</c>, as error messages name the resource.</summary>
    public string QualifiedPlural => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary><c>Pod</c> or <c>Deployment.apps</c>, as error messages name the kind.</summary>
    public string QualifiedKind => Group.Length == 0 ? Kind : $"{Kind}.{Group}";

    /// <summary>Kind of a list of these objects.</summary>
    public string ListKind => Kind + "List";

    /// <summary>Whether status is written through a subresource of its own.</summary>
    public bool HasStatus => Subresource("status") is not null;

    /// <summary>Whether a Scale is offered.</summary>
    public bool HasScale => Subresource("scale") is not null;

    /// <summary>The subresource of that name, or null.</summary>
    public ApiSubresource? Subresource(string name) => Subresources.FirstOrDefault(subresource => subresource.Name == name);

    /// <summary>Whether the resource itself offers the verb.</summary>
    public bool Offers(string verb) => Verbs.Contains(verb);

    /// <inheritdoc/>
    public override string ToString() => $"{GroupVersion}/{Plural}";
}
