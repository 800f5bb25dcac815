using Grpc.Wire;
using Harness.Testing;

namespace Grpc.Tests.Wire;

public sealed class DeadlineTimerTests
{
    private readonly ManualTimeProvider _clock = new();
    private int _fired;

    [Fact]
    public void Start_DeadlineAhead_FiresThenAndOnce()
    {
        using var timer = Create(TimeSpan.FromSeconds(5));

        _clock.Advance(TimeSpan.FromSeconds(4.999));
        Assert.Equal(0, _fired);
        _clock.Advance(TimeSpan.FromDays(100));

        Assert.Equal(1, _fired);
    }

    [Fact]
    public void Start_DeadlineBeyondTheLongestTimer_FiresThen()
    {
        using var timer = Create(TimeSpan.FromDays(100));

        _clock.Advance(TimeSpan.FromDays(99.9));
        Assert.Equal(0, _fired);
        _clock.Advance(TimeSpan.FromDays(0.1));

        Assert.Equal(1, _fired);
    }

    [Fact]
    public void Dispose_BeforeTheDeadline_NeverFires()
    {
        Create(TimeSpan.FromSeconds(5)).Dispose();

        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, _fired);
    }

    private DeadlineTimer Create(TimeSpan delay)
    {
        var timer = new DeadlineTimer(_clock, _clock.GetUtcNow().UtcDateTime + delay, () => _fired++);
        timer.Start();
        return timer;
    }
}
