using Harness.Kubernetes.Queues;
using Harness.Testing;

namespace Harness.Kubernetes.Tests.Queues;

public sealed class WorkQueueTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly WorkQueue<string> _queue;

    public WorkQueueTests()
    {
        var backoff = new BackoffPolicy { Initial = TimeSpan.FromSeconds(1), Max = TimeSpan.FromSeconds(4), Jitter = 0 };
        _queue = new WorkQueue<string>(backoff, new Random(1), _clock);
    }

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task Add_First_IsReadyAtOnce()
    {
        _queue.Add("a");

        Assert.Equal("a", await TakeAsync());
    }

    [Fact]
    public async Task Add_Repeated_WaitsOnce()
    {
        _queue.Add("a");
        _queue.Add("b");
        _queue.Add("a");

        Assert.Equal(["a", "b"], [await TakeAsync(), await TakeAsync()]);
        Assert.Equal(new WorkQueueCounts(0, 0, 2, 2, 0), _queue.Counts);
    }

    [Fact]
    public async Task Add_WhileProcessing_ComesAgainOnlyAfterDone()
    {
        _queue.Add("a");
        await TakeAsync();
        _queue.Add("a");
        _queue.Add("a");
        var next = _queue.TakeAsync(CancellationToken.None);
        Assert.False(next.IsCompleted);

        _queue.Done("a");

        Assert.Equal("a", await next.WaitAsync(TimeSpan.FromSeconds(30)));
        _queue.Done("a");
        Assert.Equal(0, _queue.Counts.Ready);
    }

    [Fact]
    public async Task AddAfter_Several_EarliestHolds()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        _queue.AddAfter("a", TimeSpan.FromSeconds(5));
        _queue.AddAfter("a", TimeSpan.FromSeconds(20));
        _queue.AddAfter("b", TimeSpan.FromSeconds(7));

        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(0, _queue.Counts.Ready);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("a", await TakeAsync());
        _queue.Done("a");
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("b", await TakeAsync());
        Assert.Equal(new WorkQueueCounts(0, 0, 1, 2, 0), _queue.Counts);
    }

    [Fact]
    public void AddAfterFailure_InARow_BacksOffToTheCapAndNeverStops()
    {
        var delays = Enumerable.Range(0, 6).Select(_ => _queue.AddAfterFailure("a").TotalSeconds).ToList();

        Assert.Equal([1, 2, 4, 4, 4, 4], delays);
        Assert.Equal(6, _queue.FailuresOf("a"));
        _queue.Forget("a");
        Assert.Equal(1, _queue.AddAfterFailure("a").TotalSeconds);
    }

    [Fact]
    public void AddAfterFailure_ServerAsksForMore_IsObeyed() =>
        Assert.Equal(30, _queue.AddAfterFailure("a", TimeSpan.FromSeconds(30)).TotalSeconds);

    [Fact]
    public async Task Add_WhileDelayed_IsReadyAtOnce()
    {
        _queue.AddAfterFailure("a");

        _queue.Add("a");

        Assert.Equal("a", await TakeAsync());
    }

    [Fact]
    public async Task ShutDown_Waiting_IsCancelled()
    {
        var waiting = _queue.TakeAsync(CancellationToken.None);

        _queue.ShutDown();
        _queue.Add("a");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, _queue.Counts.Ready);
    }

    [Fact]
    public async Task Take_ManyWorkers_OneToAKey()
    {
        var inside = new int[10];
        var total = 0;
        var all = new TaskCompletionSource();
        using var queue = new WorkQueue<int>(new BackoffPolicy(), new Random(1), TimeProvider.System);
        using var cancellation = new CancellationTokenSource();
        var workers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var key = await queue.TakeAsync(cancellation.Token);
                Assert.Equal(1, Interlocked.Increment(ref inside[key]));
                await Task.Yield();
                Interlocked.Decrement(ref inside[key]);
                if (Interlocked.Increment(ref total) < 2000)
                {
                    queue.Add(key);
                }
                else
                {
                    all.TrySetResult();
                }

                queue.Done(key);
            }
        })).ToList();
        for (var key = 0; key < inside.Length; key++)
        {
            queue.Add(key);
        }

        await all.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(workers));
    }

    private Task<string> TakeAsync() => _queue.TakeAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
}
