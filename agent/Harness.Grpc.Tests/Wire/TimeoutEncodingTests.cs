using Grpc.Wire;

namespace Grpc.Tests.Wire;

public sealed class TimeoutEncodingTests
{
    [Theory]
    [InlineData(0, "1n")]
    [InlineData(-5, "1n")]
    [InlineData(1, "100n")]
    [InlineData(999_999, "99999900n")]
    [InlineData(1_000_000, "100000u")]
    [InlineData(1_000_001, "100001u")]
    [InlineData(999_999_990, "99999999u")]
    [InlineData(999_999_991, "100000m")]
    [InlineData(999_999_990_000, "99999999m")]
    [InlineData(999_999_990_001, "100000S")]
    [InlineData(999_999_990_000_000, "99999999S")]
    [InlineData(999_999_990_000_001, "1666667M")]
    [InlineData(TimeSpan.TicksPerMinute * 100_000_000L, "1666667H")]
    [InlineData(long.MaxValue, "99999999H")]
    public void Encode_Timeout_IsTheFinestUnitRoundedUp(long ticks, string encoded) =>
        Assert.Equal(encoded, TimeoutEncoding.Encode(TimeSpan.FromTicks(ticks)));

    [Theory]
    [InlineData("1n", 1)]
    [InlineData("100n", 1)]
    [InlineData("101n", 2)]
    [InlineData("7u", 70)]
    [InlineData("20m", 200_000)]
    [InlineData("3S", 30_000_000)]
    [InlineData("2M", 1_200_000_000)]
    [InlineData("1H", 36_000_000_000)]
    [InlineData("0S", 0)]
    [InlineData("99999999H", 3_599_999_964_000_000_000)]
    public void TryDecode_WellFormed_GivesTheTimeout(string encoded, long ticks)
    {
        Assert.True(TimeoutEncoding.TryDecode(encoded, out var timeout));
        Assert.Equal(TimeSpan.FromTicks(ticks), timeout);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("5")]
    [InlineData("5s")]
    [InlineData("-5S")]
    [InlineData("5.5S")]
    [InlineData(" 5S")]
    [InlineData("123456789S")]
    public void TryDecode_Malformed_IsRefused(string encoded) => Assert.False(TimeoutEncoding.TryDecode(encoded, out _));
}
