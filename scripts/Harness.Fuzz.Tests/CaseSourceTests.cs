using Harness.Fuzz.Cases;

namespace Harness.Fuzz.Tests;

public sealed class CaseSourceTests
{
    [Fact]
    public void Make_SameSeedAndNumber_IsTheSameCase()
    {
        for (var number = 1; number < 300; number++)
        {
            var (first, second) = (new CaseSource(5).Make(number), new CaseSource(5).Make(number));

            Assert.Equal(first.Kind, second.Kind);
            Assert.Equal(first.Pieces.SelectMany(piece => piece), second.Pieces.SelectMany(piece => piece));
        }
    }

    [Fact]
    public void Make_ManyNumbers_GivesEachKindAndNoEmptySession()
    {
        var cases = Enumerable.Range(1, 500).Select(new CaseSource(1).Make).ToList();

        Assert.Equal(7, cases.Select(each => each.Kind).Distinct().Count());
        Assert.All(cases, each => Assert.NotEmpty(each.Pieces));
        Assert.True(cases.Sum(each => each.Pieces.Count) > 2_000);
    }
}
