using Google.Protobuf;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Simulator.Kubernetes.Clients;

/// <summary>
/// The API as controllers inside the process see it: the same operations as over HTTP (validation, defaults, audit, watches), under the
/// identity with which the client was made. Objects that come out are the caller's own copies; objects that go in are not kept. Refusals are
/// <see cref="Errors.ApiStatusException"/>. Safe for any thread. A cluster-scoped object has the empty namespace.
/// </summary>
public interface IApiClient
{
    /// <summary>The object; null when it is not there.</summary>
    Task<T?> FindAsync<T>(string inNamespace, string name, CancellationToken cancellationToken) where T : class, IMessage<T>, new();

    /// <summary>The object.</summary>
    /// <exception cref="Errors.ApiStatusException">NotFound, among others.</exception>
    Task<T> GetAsync<T>(string inNamespace, string name, CancellationToken cancellationToken) where T : class, IMessage<T>, new();

    /// <summary>All objects of the selection.</summary>
    Task<ApiList<T>> ListAsync<T>(ApiSelection selection, CancellationToken cancellationToken) where T : class, IMessage<T>, new();

    /// <summary>Changes after a revision (of a list, or of an earlier event), until cancelled.</summary>
    /// <exception cref="Errors.ApiStatusException">Expired (410): too old; list again.</exception>
    IAsyncEnumerable<ApiWatchEvent<T>> WatchAsync<T>(ApiSelection selection, long afterRevision, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new();

    /// <summary>Creates the object in the namespace of its metadata; its <c>generateName</c> is honoured.</summary>
    Task<T> CreateAsync<T>(T value, CancellationToken cancellationToken) where T : class, IMessage<T>, new();

    /// <summary>Replaces the object; its resourceVersion, when set, must be the current one.</summary>
    Task<T> UpdateAsync<T>(T value, CancellationToken cancellationToken) where T : class, IMessage<T>, new();

    /// <summary>Replaces the object's status and nothing else.</summary>
    Task<T> UpdateStatusAsync<T>(T value, CancellationToken cancellationToken) where T : class, IMessage<T>, new();

    /// <summary>Patches the object, or one of its subresources such as <c>status</c>.</summary>
    Task<T> PatchAsync<T>(string inNamespace, string name, ApiPatchType type, ReadOnlyMemory<byte> patch, string? subresource, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new();

    /// <summary>Deletes the object, or begins to: finalizers and a pod's grace hold it back.</summary>
    Task DeleteAsync<T>(string inNamespace, string name, ApiDelete how, CancellationToken cancellationToken) where T : class, IMessage<T>, new();

    /// <summary>Binds a pod to a node, as a scheduler does.</summary>
    Task BindAsync(Binding binding, CancellationToken cancellationToken);
}
