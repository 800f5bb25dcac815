using Harness.Kubernetes.Objects.Batch.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Simulator.Kubernetes.Defaults;

/// <summary>What the API server fills into jobs and what makes them. Pure.</summary>
internal static class JobDefaults
{
    private const int BackoffLimit = 6;
    private const int SuccessfulJobsHistoryLimit = 3;
    private const int FailedJobsHistoryLimit = 1;

    public static void Apply(Job job)
    {
        var spec = job.Spec ??= new JobSpec();
        job.Status ??= new JobStatus();
        WorkloadDefaults.Apply(spec.Template ??= new PodTemplateSpec());
        if (!spec.HasParallelism && !spec.HasCompletions)
        {
            spec.Completions = 1;
        }

        spec.Parallelism = spec.HasParallelism ? spec.Parallelism : 1;
        if (!spec.HasBackoffLimit)
        {
            spec.BackoffLimit = spec.HasBackoffLimitPerIndex ? int.MaxValue : BackoffLimit;
        }

        spec.CompletionMode = spec.HasCompletionMode ? spec.CompletionMode : "NonIndexed";
        spec.ManualSelector = spec.HasManualSelector && spec.ManualSelector;
        spec.Suspend = spec.HasSuspend && spec.Suspend;
        if (!spec.HasPodReplacementPolicy)
        {
            spec.PodReplacementPolicy = spec.PodFailurePolicy is null ? "TerminatingOrFailed" : "Failed";
        }

        foreach (var pattern in spec.PodFailurePolicy?.Rules.SelectMany(rule => rule.OnPodConditions) ?? [])
        {
            pattern.Status = pattern.Status.Length == 0 ? "True" : pattern.Status;
        }
    }

    public static void Apply(CronJob value)
    {
        var spec = value.Spec ??= new CronJobSpec();
        value.Status ??= new CronJobStatus();
        spec.ConcurrencyPolicy = spec.ConcurrencyPolicy.Length == 0 ? "Allow" : spec.ConcurrencyPolicy;
        spec.Suspend = spec.HasSuspend && spec.Suspend;
        spec.SuccessfulJobsHistoryLimit = spec.HasSuccessfulJobsHistoryLimit ? spec.SuccessfulJobsHistoryLimit : SuccessfulJobsHistoryLimit;
        spec.FailedJobsHistoryLimit = spec.HasFailedJobsHistoryLimit ? spec.FailedJobsHistoryLimit : FailedJobsHistoryLimit;
        var template = spec.JobTemplate ??= new JobTemplateSpec();
        template.Metadata ??= new ObjectMeta();
        template.Spec ??= new JobSpec();
        WorkloadDefaults.Apply(template.Spec.Template ??= new PodTemplateSpec());
    }

    /// <summary>
    /// A new job without a selector of its own is told apart from others by its UID; without labels of its own it has its template's.
    /// </summary>
    public static void Admit(Job job)
    {
        job.Spec.Template.Metadata ??= new ObjectMeta();
        var labels = job.Spec.Template.Metadata.Labels;
        if (!job.Spec.ManualSelector)
        {
            job.Spec.Selector ??= new LabelSelector();
            job.Spec.Selector.MatchLabels["batch.kubernetes.io/controller-uid"] = job.Metadata.Uid;
            labels["batch.kubernetes.io/controller-uid"] = labels["controller-uid"] = job.Metadata.Uid;
            labels["batch.kubernetes.io/job-name"] = labels["job-name"] = job.Metadata.Name;
        }

        if (job.Metadata.Labels.Count == 0)
        {
            job.Metadata.Labels.Add(labels);
        }
    }
}
