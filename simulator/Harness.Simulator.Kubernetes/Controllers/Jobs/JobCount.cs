using Harness.Kubernetes.Objects.Batch.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Controllers.Machinery;

namespace Harness.Simulator.Kubernetes.Controllers.Jobs;

/// <summary>
/// How far a job is: its pods, and what its status remembers of pods that are gone. Pure.
/// </summary>
internal sealed record JobCount(IReadOnlyList<Pod> Active, int Succeeded, int Failed, IReadOnlySet<int> DoneIndexes, int Ending, DateTimeOffset LastFailure)
{
    public static JobCount Of(Job job, IReadOnlyList<Pod> pods)
    {
        var before = job.Status ?? new JobStatus();
        var succeeded = pods.Where(pod => pod.Status?.Phase == "Succeeded").ToList();
        var failed = pods.Where(pod => pod.Status?.Phase == "Failed").ToList();
        var done = new HashSet<int>();
        if (JobPod.IsIndexed(job))
        {
            done.UnionWith(IndexRanges.Parse(before.CompletedIndexes));
            done.UnionWith(succeeded.Select(JobPod.IndexOf).OfType<int>());
        }

        var count = JobPod.IsIndexed(job) ? done.Count : Math.Max(before.Succeeded, succeeded.Count);
        var ending = pods.Count(pod => pod.Metadata.DeletionTimestamp is not null && !PodState.IsFinished(pod));
        var lastFailure = failed.Select(EndOf).Append(DateTimeOffset.MinValue).Max();
        return new JobCount([.. pods.Where(PodState.IsActive)], count, Math.Max(before.Failed, failed.Count), done, ending, lastFailure);
    }

    /// <summary>Whether the job has reached what it is for.</summary>
    public bool IsComplete(Job job) => job.Spec.HasCompletions ? Succeeded >= job.Spec.Completions : Succeeded > 0 && Active.Count == 0;

    /// <summary>How many pods shall run at once now.</summary>
    public int WantedActive(Job job) =>
        job.Spec.HasCompletions ? Math.Min(job.Spec.Parallelism, job.Spec.Completions - Succeeded)
        : Succeeded > 0 ? Math.Min(job.Spec.Parallelism, Active.Count)
        : job.Spec.Parallelism;

    /// <summary>Failed pods, and restarts where containers are restarted in their pods.</summary>
    public int Attempts(Job job) => Failed + (job.Spec.Template.Spec.RestartPolicy == "OnFailure"
        ? Active.Sum(pod => pod.Status?.ContainerStatuses.Sum(container => container.RestartCount) ?? 0)
        : 0);

    private static DateTimeOffset EndOf(Pod pod) =>
        JobPod.FinishedAt(pod) ?? pod.Metadata.CreationTimestamp?.ToDateTimeOffset() ?? DateTimeOffset.MinValue;
}
