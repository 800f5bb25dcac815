using System.Collections.Concurrent;
using Harness.Kubernetes.Queues;
using Harness.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Kubernetes.Tests.Queues;

public sealed class WorkLoopTests
{
    [Fact]
    public async Task Run_WorkThatFails_IsTriedAgainAndThenForgotten()
    {
        var clock = new ManualTimeProvider();
        var backoff = new BackoffPolicy { Initial = TimeSpan.FromSeconds(1), Jitter = 0 };
        using var queue = new WorkQueue<string>(backoff, new Random(1), clock);
        using var cancellation = new CancellationTokenSource();
        var tries = new BlockingCollection<int>();
        var count = 0;
        var loop = new WorkLoop<string>(queue, Work, NullLogger.Instance);
        var running = loop.RunAsync(2, cancellation.Token);
        queue.Add("a");

        Assert.Equal(1, Next());
        WaitForDelayed();
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Next());
        WaitForDelayed();
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(3, Next());
        WaitForDelayed();
        Assert.Equal(0, queue.FailuresOf("a"));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(4, Next());

        await cancellation.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30));

        Task<TimeSpan?> Work(string key, CancellationToken cancellationToken)
        {
            tries.Add(++count, cancellationToken);
            return count switch
            {
                < 3 => throw new InvalidOperationException("not yet"),
                3 => Task.FromResult<TimeSpan?>(TimeSpan.FromMinutes(5)),
                _ => Task.FromResult<TimeSpan?>(null),
            };
        }

        int Next() => tries.TryTake(out var value, TimeSpan.FromSeconds(30)) ? value : throw new TimeoutException("no work came");

        void WaitForDelayed() => Assert.True(SpinWait.SpinUntil(() => queue.Counts is { Delayed: 1, Processing: 0 }, TimeSpan.FromSeconds(30)));
    }
}
