using Harness.Simulator.Kubernetes.Controllers.Jobs;

namespace Harness.Simulator.Kubernetes.Tests.Controllers.Jobs;

public sealed class IndexRangesTests
{
    [Theory]
    [InlineData("", new int[0])]
    [InlineData("0", new[] { 0 })]
    [InlineData("0-2,5,7-8", new[] { 0, 1, 2, 5, 7, 8 })]
    public void FormatAndParse_Indexes_AreEachOthersInverse(string text, int[] indexes)
    {
        Assert.Equal(text, IndexRanges.Format(indexes.Reverse()));
        Assert.Equal(indexes, IndexRanges.Parse(text));
    }
}
