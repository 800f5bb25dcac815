using System.Collections.Concurrent;
using Harness.Kubernetes.Informers;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Provider.Lifecycle;
using Harness.Provider.Runtime;
using Harness.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Provider.Tests.Runtime;

/// <summary>One worker for each UID, results fed back, everything awaited at the end.</summary>
public sealed class PodWorkersTests
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(60);

    private readonly ManualTimeProvider _clock = new();
    private readonly RecordingEffects _effects = new();
    [Fact]
    public async Task Handle_RecreatedUnderOneName_IsAnotherPod()
    {
        var workers = Make();
        workers.Handle(Change(ObjectChangeType.Added, Pod("uid-1", "1")));
        await _effects.Planned("uid-1").WaitAsync(SafetyNet);
        workers.Handle(Change(ObjectChangeType.Deleted, Pod("uid-1", "2")));
        workers.Handle(Change(ObjectChangeType.Added, Pod("uid-2", "3")));
        await _effects.Planned("uid-2").WaitAsync(SafetyNet);
        Assert.Equal("uid-2", workers.Find("default", "web")?.Uid);
        await workers.DisposeAsync();
    }

    [Fact]
    public async Task Handle_LateChangeOfARemovedPod_IsNoNews()
    {
        var workers = Make();
        _effects.RemovesAtOnce = true;
        var deleted = Pod("uid-1", "2");
        deleted.Metadata.DeletionTimestamp = Time.Of(DateTimeOffset.UnixEpoch);
        workers.Handle(Change(ObjectChangeType.Added, deleted));
        await _effects.ForgottenOnce.Task.WaitAsync(SafetyNet);
        while (workers.All.Count > 0)
        {
            await Task.Yield();
        }

        workers.Handle(Change(ObjectChangeType.Updated, deleted));
        Assert.Empty(workers.All);
        await workers.DisposeAsync();
    }

    [Fact]
    public async Task Observe_OlderThanOurWrite_IsPassedOverForAWhile()
    {
        var workers = Make();
        workers.Handle(Change(ObjectChangeType.Added, Pod("uid-1", "7")));
        await _effects.Planned("uid-1").WaitAsync(SafetyNet);
        var worker = Assert.Single(workers.All);
        worker.ObserveWritten(Pod("uid-1", "9"));
        worker.Observe(Pod("uid-1", "8"));
        Assert.Equal("9", worker.Pod.Metadata.ResourceVersion);
        worker.Observe(Pod("uid-1", "10"));
        Assert.Equal("10", worker.Pod.Metadata.ResourceVersion);
        _clock.Advance(TimeSpan.FromMinutes(1));
        worker.Observe(Pod("uid-1", "3"));
        Assert.Equal("3", worker.Pod.Metadata.ResourceVersion);
        await workers.DisposeAsync();
    }

    [Fact]
    public async Task ObserveWritten_AnswerSlowerThanTheInformer_DoesNotHideTheDeletion()
    {
        var workers = Make();
        workers.Handle(Change(ObjectChangeType.Added, Pod("uid-1", "7")));
        await _effects.Planned("uid-1").WaitAsync(SafetyNet);
        var worker = Assert.Single(workers.All);
        var deleted = Pod("uid-1", "9");
        deleted.Metadata.DeletionTimestamp = Time.Of(DateTimeOffset.UnixEpoch);
        worker.Observe(deleted);
        worker.ObserveWritten(Pod("uid-1", "8"));
        Assert.Equal("9", worker.Pod.Metadata.ResourceVersion);
        await workers.DisposeAsync();
    }

    [Fact]
    public async Task Dispose_EffectUnderWay_IsCancelledAndAwaited()
    {
        var workers = Make();
        workers.Handle(Change(ObjectChangeType.Added, Pod("uid-1", "1")));
        await _effects.Planned("uid-1").WaitAsync(SafetyNet);
        await workers.DisposeAsync().AsTask().WaitAsync(SafetyNet);
        Assert.Equal(0, _effects.UnderWay);
        Assert.Contains("uid-1", _effects.Forgotten);
    }

    private PodWorkers Make() => new(_effects, new PodPolicy(), _clock, NullLoggerFactory.Instance);

    private static ObjectChange<Pod> Change(ObjectChangeType type, Pod pod) =>
        new(type, new ObjectKey("default", "web", pod.Metadata.Uid), null, pod);

    private static Pod Pod(string uid, string version) => new()
    {
        Metadata = new ObjectMeta
        {
            Uid = uid, Namespace = "default", Name = "web", ResourceVersion = version,
            Annotations =
            {
                ["compute.amazonaws.com/image-id"] = "ami-1", ["compute.amazonaws.com/instance-type"] = "t3.micro",
                ["compute.amazonaws.com/subnet-id"] = "subnet-1",
            },
        },
        Spec = new PodSpec { Containers = { new Container { Name = "main", Image = "image" } } },
    };

    private sealed class RecordingEffects : IPodEffects
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource> _planned = new();
        private int _underWay;

        public int UnderWay => _underWay;

        public ConcurrentBag<string> Forgotten { get; } = [];

        public bool RemovesAtOnce { get; set; }

        public TaskCompletionSource ForgottenOnce { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Planned(string uid) => Source(uid).Task;

        public async Task<PodEvent?> PerformAsync(PodWorker worker, PodEffect effect, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _underWay);
            try
            {
                if (effect is PodEffect.RemovePod && RemovesAtOnce)
                {
                    return new PodEvent.PodRemoved();
                }

                if (effect is PodEffect.RecordPlan)
                {
                    Source(worker.Uid).TrySetResult();
                }

                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                return null;
            }
            finally
            {
                Interlocked.Decrement(ref _underWay);
            }
        }

        public Task ForgetAsync(PodWorker worker)
        {
            Forgotten.Add(worker.Uid);
            ForgottenOnce.TrySetResult();
            return Task.CompletedTask;
        }

        private TaskCompletionSource Source(string uid) =>
            _planned.GetOrAdd(uid, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
