using Harness.Kubernetes.Queues;

namespace Harness.Kubernetes.Tests.Queues;

public sealed class BackoffPolicyTests
{
    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(5, 1600)]
    [InlineData(8, 10_000)]
    [InlineData(100_000, 10_000)]
    public void Delay_WithoutJitter_DoublesToTheCap(int failures, int expectedMilliseconds)
    {
        var policy = new BackoffPolicy { Initial = TimeSpan.FromMilliseconds(100), Max = TimeSpan.FromSeconds(10), Jitter = 0 };

        Assert.Equal(expectedMilliseconds, policy.Delay(failures, new Random(1)).TotalMilliseconds);
    }

    [Fact]
    public void Delay_WithJitter_StaysBetweenShareAndFull()
    {
        var policy = new BackoffPolicy { Initial = TimeSpan.FromSeconds(1), Jitter = 0.5 };
        var random = new Random(7);

        var delays = Enumerable.Range(0, 200).Select(_ => policy.Delay(1, random)).ToList();

        Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1)));
        Assert.True(delays.Distinct().Count() > 100);
    }

    [Fact]
    public void Delay_SameSeed_SameDelays() =>
        Assert.Equal(new BackoffPolicy().Delay(3, new Random(5)), new BackoffPolicy().Delay(3, new Random(5)));
}
