using Harness.Simulator.Kubernetes.Controllers.Machinery;

namespace Harness.Simulator.Kubernetes.Tests.Controllers.Machinery;

public sealed class FailureBackoffTests
{
    [Fact]
    public void Take_FailuresInARow_WaitLongerAndAreForgottenAfterAQuietWhile()
    {
        var backoff = new FailureBackoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, backoff.Take("a", now));
        Assert.Equal(TimeSpan.FromSeconds(0.6), backoff.Take("a", now += TimeSpan.FromSeconds(0.4)));
        Assert.Equal(TimeSpan.Zero, backoff.Take("a", now += TimeSpan.FromSeconds(0.6)));
        Assert.Equal(TimeSpan.FromSeconds(2), backoff.Take("a", now));
        Assert.Equal(TimeSpan.Zero, backoff.Take("b", now));
        Assert.Equal(TimeSpan.Zero, backoff.Take("a", now += TimeSpan.FromSeconds(2)));
        Assert.Equal(TimeSpan.FromSeconds(3), backoff.Take("a", now));
        Assert.Equal(TimeSpan.Zero, backoff.Take("a", now += TimeSpan.FromSeconds(7)));
        Assert.Equal(TimeSpan.FromSeconds(1), backoff.Take("a", now));
    }
}
