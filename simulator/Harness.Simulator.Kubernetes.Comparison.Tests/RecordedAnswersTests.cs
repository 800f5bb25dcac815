using Harness.Simulator.Kubernetes.Comparison.Requests;

namespace Harness.Simulator.Kubernetes.Comparison.Tests;

/// <summary>The embedded API server answers as the recorded real one did, but for what a rule gives a reason for.</summary>
public sealed class RecordedAnswersTests(ReplayFixture replay) : IClassFixture<ReplayFixture>
{
    public static TheoryData<string> Chapters => [.. RequestSet.Names];

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Play_Chapter_DiffersOnlyWhereARuleSaysWhy(string chapter) => Assert.Equal("", string.Join('\n', replay.Results[chapter].Differences
        .Where(one => one.IsOpen).Select(one => $"{one.Difference.Step} {one.Difference.Path}: real {one.Difference.Real}, embedded {one.Difference.Embedded}")));

    [Fact]
    public void Rules_AllOfThem_ExplainSomething() =>
        Assert.Empty(replay.Rules.Stale(replay.Results.Values.SelectMany(result => result.Differences)).Select(rule => rule.Reason));
}
