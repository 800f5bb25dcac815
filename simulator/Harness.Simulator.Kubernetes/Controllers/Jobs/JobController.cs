using Harness.Kubernetes.Objects.Batch.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Controllers.Machinery;
using Microsoft.Extensions.Logging;
using Moment = Harness.Kubernetes.Objects.Meta.V1.Time;

namespace Harness.Simulator.Kubernetes.Controllers.Jobs;

/// <summary>
/// Runs the pods of each job until enough have succeeded or too many have failed, and deletes jobs whose time after the end is over.
/// <see cref="JobOutcome"/> decides when it ends. Counts pods without finalizers on them: one that is deleted before its end was seen counts for nothing.
/// </summary>
public sealed class JobController : Controller
{
    private const string Kind = "Job";
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(10);

    private readonly EventWriter _events;
    private readonly PodWriter _podWriter;

    public JobController(IApiClient client, TimeProvider time, ILogger<JobController> logger)
        : base(client, time, logger)
    {
        _events = new EventWriter(client, "job-controller", time);
        _podWriter = new PodWriter(client, _events);
        Watch<Job>(job => job.Metadata, (_, job) => Queue.Add(ObjectName.Of(job.Metadata)));
        Watch<Pod>(pod => pod.Metadata, (_, pod) => AddController(pod.Metadata, Kind));
    }

    protected override async Task ReconcileAsync(ObjectName key, CancellationToken cancellationToken)
    {
        if (await Client.FindAsync<Job>(key.Namespace, key.Name, cancellationToken) is not { Metadata.DeletionTimestamp: null } job)
        {
            return;
        }

        if (JobOutcome.Recorded(job) is { } ended)
        {
            await ExpireAsync(job, ended, cancellationToken);
            return;
        }

        var before = job.Status?.Clone() ?? new JobStatus();
        job.Status ??= new JobStatus();
        var count = JobCount.Of(job, await PodsAsync(job, cancellationToken));
        var outcome = Begin(job) ? JobOutcome.Of(job, count, Time.GetUtcNow()) : null;
        var active = await RunAsync(job, count, outcome, cancellationToken);
        Report(job, count, active, outcome);
        if (!job.Status.Equals(before))
        {
            await Client.UpdateStatusAsync(job, cancellationToken);
        }

        if (outcome is not null)
        {
            var about = EventWriter.About("batch/v1", Kind, job.Metadata);
            await _events.WriteAsync(about, !outcome.Succeeded, outcome.Succeeded ? "Completed" : outcome.Reason, outcome.Succeeded ? "Job completed" : outcome.Message, cancellationToken);
        }
    }

    private async Task<List<Pod>> PodsAsync(Job job, CancellationToken cancellationToken)
    {
        var all = await Client.ListAsync<Pod>(new ApiSelection(job.Metadata.Namespace), cancellationToken);
        return [.. all.Items.Where(pod => Owners.IsControlledBy(pod.Metadata, job.Metadata))];
    }

    /// <summary>Starts the job's clock, or stops it while it is suspended; true when it runs.</summary>
    private bool Begin(Job job)
    {
        var suspended = job.Status.Conditions.FirstOrDefault(condition => condition.Type == "Suspended");
        if (job.Spec.Suspend)
        {
            job.Status.StartTime = null;
            if (suspended is not { Status: "True" })
            {
                Set(job.Status, "Suspended", "True", "JobSuspended", "Job suspended");
            }

            return false;
        }

        job.Status.StartTime ??= Moment.Of(Time.GetUtcNow());
        if (suspended is { Status: "True" })
        {
            Set(job.Status, "Suspended", "False", "JobResumed", "Job resumed");
        }

        if (JobOutcome.Deadline(job) is { } deadline)
        {
            Queue.AddAfter(ObjectName.Of(job.Metadata), deadline - Time.GetUtcNow());
        }

        return true;
    }

    /// <summary>Creates and deletes pods as needed; tells how many are active then.</summary>
    private async Task<int> RunAsync(Job job, JobCount count, JobOutcome? outcome, CancellationToken cancellationToken)
    {
        var owner = EventWriter.About("batch/v1", Kind, job.Metadata);
        var wanted = job.Spec.Suspend || outcome is not null ? 0 : Math.Max(0, count.WantedActive(job));
        var surplus = PodRanking.DeletionOrder(count.Active).Take(count.Active.Count - wanted).ToList();
        foreach (var pod in surplus)
        {
            await _podWriter.DeleteAsync(pod, owner, cancellationToken);
        }

        var inTheWay = job.Spec.PodReplacementPolicy == "Failed" ? count.Ending : 0;
        var missing = wanted - count.Active.Count - inTheWay;
        if (missing <= 0 || HasToWait(job, count))
        {
            return count.Active.Count - surplus.Count;
        }

        foreach (var index in NextIndexes(job, count, missing))
        {
            await _podWriter.CreateAsync(JobPod.For(job, index), owner, cancellationToken);
        }

        return count.Active.Count + missing;
    }

    /// <summary>The lowest indexes that are neither done nor running; no indexes for a job that does not count by them.</summary>
    private static List<int?> NextIndexes(Job job, JobCount count, int missing)
    {
        if (!JobPod.IsIndexed(job))
        {
            return [.. Enumerable.Repeat<int?>(null, missing)];
        }

        var running = count.Active.Select(JobPod.IndexOf).ToHashSet();
        return [.. Enumerable.Range(0, job.Spec.Completions).Where(index => !count.DoneIndexes.Contains(index) && !running.Contains(index)).Select(index => (int?)index).Take(missing)];
    }

    /// <summary>After failures the next pod waits, longer each time.</summary>
    private bool HasToWait(Job job, JobCount count)
    {
        if (count.Failed == 0)
        {
            return false;
        }

        var delay = FirstRetry * Math.Pow(2, Math.Min(count.Failed - 1, 16));
        var left = count.LastFailure + (delay < LongestRetry ? delay : LongestRetry) - Time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        Queue.AddAfter(ObjectName.Of(job.Metadata), left);
        return true;
    }

    private void Report(Job job, JobCount count, int active, JobOutcome? outcome)
    {
        var status = job.Status;
        status.Active = active;
        status.Succeeded = count.Succeeded;
        status.Failed = count.Failed;
        status.Ready = active == 0 ? 0 : count.Active.Count(PodState.IsReady);
        status.Terminating = count.Ending;
        if (JobPod.IsIndexed(job))
        {
            status.CompletedIndexes = IndexRanges.Format(count.DoneIndexes);
        }

        if (outcome is null)
        {
            return;
        }

        Set(status, outcome.Succeeded ? "SuccessCriteriaMet" : "FailureTarget", "True", outcome.Reason, outcome.Message);
        Set(status, outcome.Succeeded ? "Complete" : "Failed", "True", outcome.Reason, outcome.Message);
        if (outcome.Succeeded)
        {
            status.CompletionTime = Moment.Of(Time.GetUtcNow());
        }
    }

    private void Set(JobStatus status, string type, string value, string reason, string message)
    {
        var condition = status.Conditions.FirstOrDefault(candidate => candidate.Type == type);
        if (condition is null)
        {
            status.Conditions.Add(condition = new JobCondition { Type = type });
        }

        condition.Status = value;
        condition.Reason = reason;
        condition.Message = message;
        condition.LastProbeTime = Moment.Of(Time.GetUtcNow());
        condition.LastTransitionTime = Moment.Of(Time.GetUtcNow());
    }

    private async Task ExpireAsync(Job job, JobCondition ended, CancellationToken cancellationToken)
    {
        if (!job.Spec.HasTtlSecondsAfterFinished || ended.LastTransitionTime is not { } end)
        {
            return;
        }

        var left = end.ToDateTimeOffset().AddSeconds(job.Spec.TtlSecondsAfterFinished) - Time.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            Queue.AddAfter(ObjectName.Of(job.Metadata), left);
            return;
        }

        var how = new ApiDelete(PropagationPolicy: "Background", PreconditionUid: job.Metadata.Uid);
        await Client.DeleteAsync<Job>(job.Metadata.Namespace, job.Metadata.Name, how, cancellationToken);
    }
}
