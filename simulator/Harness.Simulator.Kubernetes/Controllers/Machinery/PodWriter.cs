using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Controllers.Machinery;

/// <summary>Creates and deletes the pods of an owner, each with the event that tells of it. Any thread.</summary>
internal sealed class PodWriter(IApiClient client, EventWriter events)
{
    /// <exception cref="ApiStatusException">It was refused; the owner's events say so.</exception>
    public async Task<Pod> CreateAsync(Pod pod, ObjectReference owner, CancellationToken cancellationToken)
    {
        try
        {
            var created = await client.CreateAsync(pod, cancellationToken);
            await events.WriteAsync(owner, false, "SuccessfulCreate", $"Created pod: {created.Metadata.Name}", cancellationToken);
            return created;
        }
        catch (ApiStatusException refusal)
        {
            await events.WriteAsync(owner, true, "FailedCreate", $"Error creating: {refusal.Message}", cancellationToken);
            throw;
        }
    }

    /// <summary>Deletes exactly this pod; one that is gone already is as good.</summary>
    public async Task DeleteAsync(Pod pod, ObjectReference owner, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, new ApiDelete(PreconditionUid: pod.Metadata.Uid), cancellationToken);
            await events.WriteAsync(owner, false, "SuccessfulDelete", $"Deleted pod: {pod.Metadata.Name}", cancellationToken);
        }
        catch (ApiStatusException refusal) when (refusal.IsNotFound || refusal.IsConflict)
        {
            // Gone, or another pod of the same name: not ours to delete.
        }
    }
}
