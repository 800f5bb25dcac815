using System.Collections.Frozen;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Harness.Simulator.Kubernetes.Resources;

/// <summary>
/// All resources of one API server, found by path, by kind or by message. Immutable after construction, so any thread may read it.
/// </summary>
public sealed class ResourceRegistry
{
    private readonly FrozenDictionary<(string Group, string Version, string Plural), ApiResource> _byPath;
    private readonly FrozenDictionary<(string GroupVersion, string Kind), ApiResource> _byKind;
    private readonly FrozenDictionary<MessageDescriptor, ApiResource> _byMessage;

    /// <summary>Makes a registry of these resources, which keep their order.</summary>
    public ResourceRegistry(IEnumerable<ApiResource> resources)
    {
        All = [.. resources];
        _byPath = All.ToFrozenDictionary(resource => (resource.Group, resource.Version, resource.Plural));
        _byKind = All.DistinctBy(resource => (resource.GroupVersion, resource.Kind))
            .ToFrozenDictionary(resource => (resource.GroupVersion, resource.Kind));
        _byMessage = All.Where(resource => resource.Descriptor is not null).DistinctBy(resource => resource.Descriptor)
            .ToFrozenDictionary(resource => resource.Descriptor!);
    }

    /// <summary>The built-in resources.</summary>
    public static ResourceRegistry BuiltIn { get; } = new(BuiltInResources.All);

    /// <summary>Every resource, grouped by API group and version in the order of discovery.</summary>
    public IReadOnlyList<ApiResource> All { get; }

    /// <summary>Whether any resource has this group.</summary>
    public bool HasGroup(string group) => All.Any(resource => resource.Group == group);

    /// <summary>Whether any resource has this group and version.</summary>
    public bool HasVersion(string group, string version) => All.Any(resource => resource.Group == group && resource.Version == version);

    /// <summary>The resource of a path, or null.</summary>
    public ApiResource? Find(string group, string version, string plural) => _byPath.GetValueOrDefault((group, version, plural));

    /// <summary>The resource of a kind, or null.</summary>
    public ApiResource? FindKind(string groupVersion, string kind) => _byKind.GetValueOrDefault((groupVersion, kind));

    /// <summary>The resource of a message, or null.</summary>
    public ApiResource? FindMessage(MessageDescriptor descriptor) => _byMessage.GetValueOrDefault(descriptor);

    /// <summary>The resource whose objects are <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">No resource has that message.</exception>
    public ApiResource For<T>() where T : IMessage<T>, new() =>
        FindMessage(new T().Descriptor) ?? throw new InvalidOperationException($"No API resource has objects of type {typeof(T)}.");
}
