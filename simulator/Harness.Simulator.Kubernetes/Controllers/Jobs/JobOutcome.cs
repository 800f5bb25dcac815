using Harness.Kubernetes.Objects.Batch.V1;

namespace Harness.Simulator.Kubernetes.Controllers.Jobs;

/// <summary>How a job has ended, in the words of its conditions. Pure.</summary>
/// <param name="Succeeded">Whether it is complete; else it has failed.</param>
/// <param name="Reason">In CamelCase.</param>
/// <param name="Message">For a person.</param>
internal sealed record JobOutcome(bool Succeeded, string Reason, string Message)
{
    /// <summary>The condition that says that a job has ended, or null.</summary>
    public static JobCondition? Recorded(Job job) =>
        job.Status?.Conditions.FirstOrDefault(condition => condition is { Type: "Complete" or "Failed", Status: "True" });

    /// <summary>How the job ends now; null while it goes on.</summary>
    public static JobOutcome? Of(Job job, JobCount count, DateTimeOffset now)
    {
        if (count.Attempts(job) > job.Spec.BackoffLimit)
        {
            return new JobOutcome(false, "BackoffLimitExceeded", "Job has reached the specified backoff limit");
        }

        if (Deadline(job) <= now)
        {
            return new JobOutcome(false, "DeadlineExceeded", "Job was active longer than specified deadline");
        }

        return count.IsComplete(job) ? new JobOutcome(true, "CompletionsReached", "Reached expected number of succeeded pods") : null;
    }

    /// <summary>When the job may not run any longer, or null.</summary>
    public static DateTimeOffset? Deadline(Job job) =>
        job.Spec.HasActiveDeadlineSeconds && job.Status?.StartTime is { } started
            ? started.ToDateTimeOffset().AddSeconds(job.Spec.ActiveDeadlineSeconds)
            : null;
}
