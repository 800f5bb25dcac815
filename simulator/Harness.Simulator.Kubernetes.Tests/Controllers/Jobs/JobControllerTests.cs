using Harness.Kubernetes.Objects.Batch.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Kubernetes.Controllers.Jobs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Kubernetes.Tests.Controllers.Jobs;

public sealed class JobControllerTests : IAsyncDisposable
{
    private readonly TestApi _api = new();

    public JobControllerTests() => _api.Run(new JobController(_api.Client, _api.Time, NullLogger<JobController>.Instance));

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Reconcile_PodsSucceed_RunsAsManyAsAskedAndCompletes()
    {
        await _api.CreateAsync(Samples.Job(completions: 3, parallelism: 2));
        await EndAsync("Succeeded");
        await EndAsync("Succeeded");
        await EndAsync("Succeeded");
        await _api.UntilAsync(() => Conditions().Contains("Complete CompletionsReached"));
        Assert.Equal(3, _api.All<Pod>().Count);
        Assert.Equal((3, 0), (Status.Succeeded, Status.Active));
        Assert.NotNull(Status.CompletionTime);
    }

    [Fact]
    public async Task Reconcile_PodsFail_RetriesUpToTheLimit()
    {
        var job = Samples.Job(completions: 1);
        job.Spec.BackoffLimit = 1;
        await _api.CreateAsync(job);
        await EndAsync("Failed");
        await _api.UntilAsync(() => Status is { Failed: 1, Active: 0 });
        Assert.Single(_api.All<Pod>());
        _api.Time.Advance(TimeSpan.FromSeconds(11));
        await EndAsync("Failed");
        await _api.UntilAsync(() => Conditions().Contains("Failed BackoffLimitExceeded"));
        Assert.Equal(2, _api.All<Pod>().Count);
    }

    [Fact]
    public async Task Reconcile_Suspended_StopsAndGoesOn()
    {
        await _api.CreateAsync(Samples.Job(completions: 1));
        await _api.UntilAsync(() => _api.ActivePods.Any());
        await _api.ChangeAsync<Job>("hello", job => job.Spec.Suspend = true);
        await _api.UntilAsync(() => _api.All<Pod>().Count == 0 && Conditions().Contains("Suspended JobSuspended"));
        await _api.ChangeAsync<Job>("hello", job => job.Spec.Suspend = false);
        await _api.UntilAsync(() => _api.ActivePods.Any());
    }

    [Fact]
    public async Task Reconcile_Deadline_EndsIt()
    {
        var job = Samples.Job(completions: 1);
        job.Spec.ActiveDeadlineSeconds = 30;
        await _api.CreateAsync(job);
        await _api.UntilAsync(() => _api.ActivePods.Any());
        _api.Time.Advance(TimeSpan.FromSeconds(31));
        await _api.ChangeAsync<Job>("hello", value => value.Metadata.Annotations["look"] = "again");
        await _api.UntilAsync(() => Conditions().Contains("Failed DeadlineExceeded") && !_api.ActivePods.Any());
    }

    [Fact]
    public async Task Reconcile_Indexed_GivesEachIndexAPod()
    {
        var job = Samples.Job(completions: 3, parallelism: 3);
        job.Spec.CompletionMode = "Indexed";
        await _api.CreateAsync(job);
        await _api.UntilAsync(() => _api.ActivePods.Count() == 3);
        Assert.Equal([0, 1, 2], _api.All<Pod>().Select(JobPod.IndexOf).Order().Select(index => index ?? -1));
        Assert.All(_api.All<Pod>(), pod => Assert.Contains(pod.Spec.Containers[0].Env, variable => variable.Name == "JOB_COMPLETION_INDEX"));
        await EndAsync("Succeeded");
        await EndAsync("Succeeded");
        await EndAsync("Succeeded");
        await _api.UntilAsync(() => Status.CompletedIndexes == "0-2" && Conditions().Contains("Complete CompletionsReached"));
    }

    [Fact]
    public async Task Reconcile_TimeAfterTheEnd_DeletesTheJob()
    {
        var job = Samples.Job(completions: 1);
        job.Spec.TtlSecondsAfterFinished = 5;
        job = await _api.CreateAsync(job);
        await EndAsync("Succeeded");
        await _api.UntilAsync(() => Conditions().Contains("Complete CompletionsReached"));
        await _api.UntilAsync(() => _api.All<Event>().Exists(value => value.Reason == "Completed"));
        _api.Time.Advance(TimeSpan.FromSeconds(6));
        var pod = Samples.Pod("look-again");
        pod.Metadata.OwnerReferences.Add(Harness.Simulator.Kubernetes.Controllers.Machinery.Owners.Controller("batch/v1", "Job", job.Metadata));
        await _api.CreateAsync(pod);
        await _api.UntilAsync(() => _api.Find<Job>("hello") is null);
    }

    private JobStatus Status => _api.Get<Job>("hello").Status;

    private IEnumerable<string> Conditions() => Status.Conditions.Where(condition => condition.Status == "True").Select(condition => $"{condition.Type} {condition.Reason}");

    /// <summary>Waits for an active pod and ends it.</summary>
    private async Task EndAsync(string phase)
    {
        await _api.UntilAsync(() => _api.ActivePods.Any());
        await _api.ChangeStatusAsync<Pod>(_api.ActivePods.First().Metadata.Name, pod => pod.Status.Phase = phase);
    }
}
