using Google.Protobuf;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Resources;

namespace Harness.Kubernetes;

/// <summary>
/// The Kubernetes API, typed by resource. Every call throws <see cref="KubernetesApiException"/> when the server refuses it or gives no
/// answer, and <see cref="OperationCanceledException"/> only when the caller cancelled. <c>ns</c> is null for resources without a
/// namespace, and in lists and watches for all namespaces. Thread-safe.
/// </summary>
public interface IKubernetes
{
    Task<T> GetAsync<T>(KubernetesResource<T> resource, string? ns, string name, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new();

    /// <summary>One page; <see cref="KubernetesExtensions.ListAllAsync"/> reads on.</summary>
    Task<ObjectList<T>> ListAsync<T>(KubernetesResource<T> resource, string? ns, ListQuery? query, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new();

    /// <summary>
    /// Events from after <see cref="WatchQuery.ResourceVersion"/> until the server ends the watch, which it does every few minutes.
    /// Throws when the connection is lost, when nothing came for the idle timeout, and with
    /// <see cref="KubernetesApiException.IsGone"/> when the resourceVersion is too old and a list is needed.
    /// </summary>
    IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(KubernetesResource<T> resource, string? ns, WatchQuery query, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new();

    Task<T> CreateAsync<T>(KubernetesResource<T> resource, T item, WriteOptions? options, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new();

    /// <summary>Replaces the object (or the subresource of <paramref name="options"/>). A resourceVersion in it makes the write conditional.</summary>
    Task<T> UpdateAsync<T>(KubernetesResource<T> resource, T item, WriteOptions? options, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new();

    Task<T> PatchAsync<T>(KubernetesResource<T> resource, string? ns, string name, ObjectPatch patch, WriteOptions? options, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new();

    /// <returns>The object while it still exists (it has a grace period or finalizers), null when it is gone at once.</returns>
    Task<T?> DeleteAsync<T>(KubernetesResource<T> resource, string? ns, string name, DeleteOptions? options, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new();

    /// <summary>POSTs to a subresource: <c>binding</c>, <c>eviction</c>, <c>token</c>.</summary>
    /// <returns>What the server made of the body, or null when it answered with a bare success.</returns>
    Task<TBody?> CreateSubresourceAsync<T, TBody>(
        KubernetesResource<T> resource, string? ns, string name, string subresource, TBody body, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
        where TBody : class, IMessage<TBody>, new();

    /// <summary>
    /// Any request; its URI is relative to the server (<c>/version</c>). The response has a good status and is the caller's to dispose.
    /// Only the time until the headers is limited.
    /// </summary>
    Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken);
}
