using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Errors;
using Time = Harness.Kubernetes.Objects.Meta.V1.Time;

namespace Harness.Simulator.Kubernetes.Tests.Controllers;

/// <summary>Lets every pod run and be ready, wherever it is, and finishes deletions, unless told to hold them.</summary>
internal sealed class TestKubelet(TestApi api)
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether pods that are being deleted stay until <see cref="Release"/>.</summary>
    public bool HoldsDeletions { get; init; }

    public void Release() => _released.TrySetResult();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var list = await api.Client.ListAsync<Pod>(ApiSelection.All, cancellationToken);
            foreach (var pod in list.Items)
            {
                await TakeAsync(pod, cancellationToken);
            }

            await foreach (var change in api.Client.WatchAsync<Pod>(ApiSelection.All, list.Revision, cancellationToken))
            {
                if (change.Type != ApiWatchEventType.Deleted)
                {
                    await TakeAsync(change.Object, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private async Task TakeAsync(Pod pod, CancellationToken cancellationToken)
    {
        try
        {
            if (pod.Metadata.DeletionTimestamp is not null)
            {
                await (HoldsDeletions ? _released.Task.WaitAsync(cancellationToken) : Task.CompletedTask);
                await api.Client.DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, new ApiDelete(GracePeriodSeconds: 0), cancellationToken);
            }
            else if (pod.Status.Phase == "Pending")
            {
                pod.Metadata.ResourceVersion = "";
                Samples.MakeReady(pod, Time.Of(api.Time.GetUtcNow()));
                await api.Client.UpdateStatusAsync(pod, cancellationToken);
            }
        }
        catch (ApiStatusException refusal) when (refusal.IsNotFound || refusal.IsConflict)
        {
        }
    }
}
