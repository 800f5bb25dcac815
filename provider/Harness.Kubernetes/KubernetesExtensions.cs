using System.Runtime.CompilerServices;
using Google.Protobuf;
using Harness.Kubernetes.Resources;

namespace Harness.Kubernetes;

/// <summary>Calls that are made of others. Stateless.</summary>
public static class KubernetesExtensions
{
    /// <summary>
    /// Reads a list to its last page. It is complete only when the enumeration ended without an exception; an
    /// <see cref="KubernetesApiException.IsGone"/> halfway means to start again.
    /// </summary>
    public static async IAsyncEnumerable<T> ListAllAsync<T>(
        this IKubernetes kubernetes, KubernetesResource<T> resource, string? ns, ListQuery? query, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
    {
        var next = query ?? new ListQuery { Limit = ListQuery.DefaultPageSize };
        while (true)
        {
            var page = await kubernetes.ListAsync(resource, ns, next, cancellationToken);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            if (page.Continue is null)
            {
                yield break;
            }

            next = next with { Continue = page.Continue, ResourceVersion = null, ResourceVersionMatch = null };
        }
    }

    /// <summary>The object, or null when there is none of that name.</summary>
    public static async Task<T?> FindAsync<T>(
        this IKubernetes kubernetes, KubernetesResource<T> resource, string? ns, string name, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
    {
        try
        {
            return await kubernetes.GetAsync(resource, ns, name, cancellationToken);
        }
        catch (KubernetesApiException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    public static Task<T> UpdateStatusAsync<T>(this IKubernetes kubernetes, KubernetesResource<T> resource, T item, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new() =>
        kubernetes.UpdateAsync(resource, item, WriteOptions.Status, cancellationToken);

    public static Task<T> PatchStatusAsync<T>(
        this IKubernetes kubernetes, KubernetesResource<T> resource, string? ns, string name, ObjectPatch patch, CancellationToken cancellationToken)
        where T : class, IMessage<T>, new() =>
        kubernetes.PatchAsync(resource, ns, name, patch, WriteOptions.Status, cancellationToken);
}
