using System.Text.Json.Nodes;
using Harness.Kubernetes;
using Harness.Kubernetes.Events;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Resources;
using Harness.Provider.Launching;
using Harness.Provider.Lifecycle;
using Harness.Provider.Metrics;
using Harness.Provider.Statuses;

namespace Harness.Provider.Runtime;

/// <summary>
/// The effects on a pod's API object. Each write is bound to the pod's UID: a pod of the same name that came later is never
/// touched. Thread-safe.
/// </summary>
internal sealed class ApiEffects(IKubernetes kubernetes, EventRecorder recorder, string nodeIp, TimeProvider clock, ProviderMetrics metrics)
{
    public async Task<PodEvent> RecordPlanAsync(PodWorker worker, PodEffect.RecordPlan record, CancellationToken cancellationToken)
    {
        var annotations = new JsonObject
        {
            [WellKnown.LaunchPlanAnnotation] = PlanDocument.Write(record.Attempt, record.Plan),
            [WellKnown.InstanceIdAnnotation] = null,
        };
        var failure = await TryPatchAsync(worker, annotations, cancellationToken);
        return failure is null ? new PodEvent.PlanRecorded() : new PodEvent.PlanNotRecorded(failure.Value.Kind, failure.Value.Message);
    }

    public async Task<PodEvent> RecordInstanceAsync(PodWorker worker, PodEffect.RecordInstance record, CancellationToken cancellationToken)
    {
        var failure = await TryPatchAsync(worker, new JsonObject { [WellKnown.InstanceIdAnnotation] = record.InstanceId }, cancellationToken);
        return failure is null ? new PodEvent.InstanceRecorded() : new PodEvent.InstanceNotRecorded(failure.Value.Kind, failure.Value.Message);
    }

    public async Task<PodEvent> WriteStatusAsync(PodWorker worker, StatusView view, CancellationToken cancellationToken)
    {
        var pod = worker.Pod;
        var rendered = PodStatusRenderer.Render(pod, view, nodeIp, clock.GetUtcNow());
        if (PodStatusPatch.Make(pod, rendered) is not { } patch)
        {
            return new PodEvent.StatusWritten();
        }

        try
        {
            var written = await kubernetes.PatchStatusAsync(KubernetesResources.Pods, pod.Metadata.Namespace, pod.Metadata.Name, patch, cancellationToken);
            worker.ObserveWritten(written);
            return new PodEvent.StatusWritten();
        }
        catch (KubernetesApiException exception)
        {
            return new PodEvent.StatusNotWritten(await MeaningAsync(pod, exception, cancellationToken), exception.Message);
        }
    }

    public async Task<PodEvent> RemoveAsync(PodWorker worker, CancellationToken cancellationToken)
    {
        var metadata = worker.Pod.Metadata;
        var options = new DeleteOptions { GracePeriodSeconds = 0, Preconditions = new Preconditions { Uid = metadata.Uid } };
        try
        {
            await kubernetes.DeleteAsync(KubernetesResources.Pods, metadata.Namespace, metadata.Name, options, cancellationToken);
        }
        catch (KubernetesApiException exception) when (exception.IsNotFound)
        {
        }
        catch (KubernetesApiException exception)
        {
            var meaning = await MeaningAsync(worker.Pod, exception, cancellationToken);
            if (meaning == WriteFailure.Retry)
            {
                return new PodEvent.PodNotRemoved(exception.Message);
            }
        }

        metrics.PodsDeleted.Add(1);
        return new PodEvent.PodRemoved();
    }

    public void Announce(PodWorker worker, PodEffect.Announce announce)
    {
        if (announce is { Warning: true, Reason: Reasons.AgentUnhealthy })
        {
            metrics.HealthChecksUnhealthyPodStatus.Add(1);
        }

        recorder.Record(KubernetesResources.Pods.ReferenceTo(worker.Pod), announce.Warning ? "Warning" : "Normal", announce.Reason, announce.Message);
    }

    private async Task<(WriteFailure Kind, string Message)?> TryPatchAsync(PodWorker worker, JsonObject annotations, CancellationToken cancellationToken)
    {
        var pod = worker.Pod;
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["uid"] = pod.Metadata.Uid, ["annotations"] = annotations } };
        try
        {
            var written = await kubernetes.PatchAsync(
                KubernetesResources.Pods, pod.Metadata.Namespace, pod.Metadata.Name, ObjectPatch.Strategic(patch.ToJsonString()), null, cancellationToken);
            worker.ObserveWritten(written);
            return null;
        }
        catch (KubernetesApiException exception)
        {
            return (await MeaningAsync(pod, exception, cancellationToken), exception.Message);
        }
    }

    /// <summary>A conflict may be a race, or another pod under the same name: the server tells.</summary>
    private async Task<WriteFailure> MeaningAsync(Pod pod, KubernetesApiException exception, CancellationToken cancellationToken)
    {
        if (exception.IsNotFound)
        {
            return WriteFailure.ObjectGone;
        }

        if (!exception.IsConflict)
        {
            return WriteFailure.Retry;
        }

        try
        {
            var current = await kubernetes.FindAsync(KubernetesResources.Pods, pod.Metadata.Namespace, pod.Metadata.Name, cancellationToken);
            return current is null || current.Metadata.Uid != pod.Metadata.Uid ? WriteFailure.ObjectGone : WriteFailure.Retry;
        }
        catch (KubernetesApiException)
        {
            return WriteFailure.Retry;
        }
    }
}
