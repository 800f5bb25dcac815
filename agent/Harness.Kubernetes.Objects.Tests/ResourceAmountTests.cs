using FsCheck;
using FsCheck.Fluent;
using Harness.Kubernetes.Objects.Resource;

namespace Harness.Kubernetes.Objects.Tests;

public sealed class ResourceAmountTests
{
    [Theory]
    [InlineData("100m", "0.1")]
    [InlineData("1Gi", "1073741824")]
    [InlineData("1k", "1e3")]
    [InlineData("0", "0Gi")]
    public void Equals_SameValueOtherText_IsEqual(string left, string right)
    {
        Assert.True(ResourceAmount.Parse(left) == ResourceAmount.Parse(right));
        Assert.Equal(ResourceAmount.Parse(left).GetHashCode(), ResourceAmount.Parse(right).GetHashCode());
    }

    [Theory]
    [InlineData("1500m", "500m", "2")]
    [InlineData("1Gi", "512Mi", "1536Mi")]
    [InlineData("0", "1Gi", "1Gi")]
    [InlineData("1Gi", "1", "1073741825")]
    [InlineData("9223372036854775807", "1", "9223372036854775808")]
    public void Add_TwoAmounts_IsExact(string left, string right, string sum)
    {
        Assert.Equal(sum, (ResourceAmount.Parse(left) + ResourceAmount.Parse(right)).ToString());
        Assert.Equal(ResourceAmount.Parse(left), ResourceAmount.Parse(sum) - ResourceAmount.Parse(right));
    }

    [Theory]
    [InlineData("1500m", 2, 1500)]
    [InlineData("-1500m", -2, -1500)]
    [InlineData("1u", 1, 1)]
    [InlineData("10E", long.MaxValue, long.MaxValue)]
    public void Units_Fraction_RoundsAwayFromZero(string text, long units, long millis)
    {
        Assert.Equal(units, ResourceAmount.Parse(text).Units);
        Assert.Equal(millis, ResourceAmount.Parse(text).Millis);
    }

    [Fact]
    public void Compare_Amounts_GoesByValue()
    {
        Assert.True(ResourceAmount.Parse("1Gi") > ResourceAmount.Parse("1G"));
        Assert.True(ResourceAmount.Parse("999m") < ResourceAmount.FromUnits(1));
        Assert.True(ResourceAmount.FromBytes(1024) <= ResourceAmount.Parse("1Ki"));
        Assert.Equal("3Gi", (ResourceAmount.Parse("1Gi") * 3).ToString());
        Assert.Equal("-3", (-ResourceAmount.FromMillis(3000)).ToString());
    }

    [Fact]
    public void Parse_NoAmount_SaysWhich() =>
        Assert.Contains("\"one\"", Assert.Throws<FormatException>(() => ResourceAmount.Parse("one")).Message, StringComparison.Ordinal);

    // Binary amounts without suffix (10000) are decimal ones (10k) when they are read again: their value holds, not their text.
    [Fact]
    public void Parse_CanonicalText_GivesTheSameValueAndText() =>
        Prop.ForAll<long, int, int>((value, scale, format) =>
        {
            var amount = new ResourceAmount(value * System.Numerics.BigInteger.Pow(10, Math.Abs(scale % 18)), (AmountFormat)Math.Abs(format % 3));
            var text = amount.ToString();
            return ResourceAmount.Parse(text) == amount && (amount.Format == AmountFormat.BinarySi || Quantity.Of(text).String == text);
        }).QuickCheckThrowOnFailure();
}
