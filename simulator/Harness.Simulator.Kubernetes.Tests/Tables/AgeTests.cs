using Harness.Simulator.Kubernetes.Tables;

namespace Harness.Simulator.Kubernetes.Tests.Tables;

public sealed class AgeTests
{
    private const int Minute = 60;
    private const int Hour = 60 * Minute;
    private const int Day = 24 * Hour;

    [Theory]
    [InlineData(-5, "<invalid>")]
    [InlineData(-1, "0s")]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(123, "2m3s")]
    [InlineData(5 * Minute, "5m")]
    [InlineData((10 * Minute) + 5, "10m")]
    [InlineData((3 * Hour) + (5 * Minute), "3h5m")]
    [InlineData(8 * Hour, "8h")]
    [InlineData(47 * Hour, "47h")]
    [InlineData((2 * Day) + (3 * Hour), "2d3h")]
    [InlineData(7 * Day, "7d")]
    [InlineData(322 * Day, "322d")]
    [InlineData(729 * Day, "729d")]
    [InlineData(735 * Day, "2y5d")]
    [InlineData(3 * 365 * Day, "3y")]
    [InlineData(9L * 365 * Day, "9y")]
    public void Format_Seconds_GivesTwoUnitsAtMost(long seconds, string expected) => Assert.Equal(expected, Age.Format(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Since_NoMoment_IsUnknown() => Assert.Equal("<unknown>", Age.Since(null, DateTimeOffset.UnixEpoch));
}
