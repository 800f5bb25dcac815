using Harness.Kubernetes.Objects.Meta.V1;

namespace Harness.Kubernetes.Objects.Tests;

public sealed class MomentTests
{
    private static readonly DateTimeOffset s_moment = new DateTimeOffset(2026, 1, 2, 5, 4, 5, TimeSpan.FromHours(2)).AddTicks(1234567);

    [Fact]
    public void Of_Time_CutsBelowTheSecond() =>
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Time.Of(s_moment).ToDateTimeOffset());

    [Fact]
    public void Of_MicroTime_CutsBelowTheMicrosecond() =>
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1234560), MicroTime.Of(s_moment).ToDateTimeOffset());

    [Fact]
    public void IsZero_Empty_IsNoMoment()
    {
        Assert.True(new Time().IsZero);
        Assert.Equal(DateTimeOffset.MinValue, new MicroTime().ToDateTimeOffset());
        Assert.False(Time.Of(DateTimeOffset.UnixEpoch).IsZero);
    }
}
