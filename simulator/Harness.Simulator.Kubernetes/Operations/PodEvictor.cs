using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Policy.V1;
using Harness.Simulator.Kubernetes.Documents;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Resources;
using Harness.Simulator.Kubernetes.Storage;
using LabelSelector = Harness.Simulator.Kubernetes.Selectors.LabelSelector;

namespace Harness.Simulator.Kubernetes.Operations;

/// <summary>
/// Evicts pods: a deletion that a PodDisruptionBudget may refuse. A budget is honoured as its status stands; its disruptions are counted down by
/// whoever keeps that status.
/// </summary>
internal sealed class PodEvictor(ObjectStore store, ObjectDeleter deleter, ApiResource pods, ApiResource budgets)
{
    private const int RetryAfterSeconds = 10;

    public DeleteResult Evict(WriteContext context, string inNamespace, string podName, DeleteRequest request)
    {
        var key = new ObjectKey(inNamespace, podName);
        StoredObject current = store.Find(pods, key) ?? throw ApiErrors.NotFound(pods, podName);
        if (((MessageObject)current.Value).Message is Pod { Status.Phase: not ("Succeeded" or "Failed" or "Pending"), Metadata.DeletionTimestamp: null } pod)
        {
            CheckBudgets(pod);
        }

        return deleter.Delete(context, pods, key, request);
    }

    private void CheckBudgets(Pod pod)
    {
        IEnumerable<PodDisruptionBudget> own = store.Snapshot(budgets).Objects(pod.Metadata.Namespace)
            .Select(stored => (PodDisruptionBudget)((MessageObject)stored.Value).Message)
            .Where(budget => budget.Spec?.Selector is { } selector && LabelSelector.Of(selector).Matches(pod.Metadata.Labels));
        foreach (PodDisruptionBudget budget in own)
        {
            PodDisruptionBudgetStatus status = budget.Status ?? new PodDisruptionBudgetStatus();
            if (status.ObservedGeneration < budget.Metadata.Generation)
            {
                throw Refusal($"The disruption budget {budget.Metadata.Name} is still being processed by the server.", RetryAfterSeconds);
            }

            if (status.DisruptionsAllowed <= 0)
            {
                throw Refusal($"The disruption budget {budget.Metadata.Name} needs {status.DesiredHealthy} healthy pods and has {status.CurrentHealthy} currently", null);
            }
        }
    }

    private static ApiStatusException Refusal(string why, int? retryAfterSeconds)
    {
        var details = new StatusDetails();
        details.Causes.Add(new StatusCause { Reason = "DisruptionBudget", Message = why });
        if (retryAfterSeconds is { } seconds)
        {
            details.RetryAfterSeconds = seconds;
        }

        return ApiErrors.Of(429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.", details);
    }
}
