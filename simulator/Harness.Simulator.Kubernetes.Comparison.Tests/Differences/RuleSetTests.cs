using Harness.Simulator.Kubernetes.Comparison.Differences;

namespace Harness.Simulator.Kubernetes.Comparison.Tests.Differences;

public sealed class RuleSetTests
{
    private const string Yaml = """
        - class: version
          since: "1.34"
          reason: no more nulls
          steps: ["pods/*", "nodes/get"]
          paths: ["*.creationTimestamp"]
          real: "null"
          embedded: (absent)
        - class: out of scope
          reason: left out
          paths: ["body.x*"]
        """;

    private static readonly RuleSet _rules = new([.. RuleSet.Parse(Yaml)]);

    [Theory]
    [InlineData("pods/create", "body.spec.creationTimestamp", "null", "(absent)", DifferenceClass.Version)]
    [InlineData("nodes/get", "body.creationTimestamp", "null", "(absent)", DifferenceClass.Version)]
    [InlineData("nodes/list", "body.creationTimestamp", "null", "(absent)", DifferenceClass.Unclassified)]
    [InlineData("pods/create", "body.spec.creationTimestamp", "1", "(absent)", DifferenceClass.Unclassified)]
    [InlineData("pods/create", "body.spec.creationTimestamp", "null", "1", DifferenceClass.Unclassified)]
    [InlineData("any/thing", "body.x.y", "1", "2", DifferenceClass.OutOfScope)]
    [InlineData("any/thing", "body.y.x", "1", "2", DifferenceClass.Unclassified)]
    internal void Classify_Difference_TakesTheFirstRuleThatMatches(string step, string path, string real, string embedded, DifferenceClass expected) =>
        Assert.Equal(expected, _rules.Classify(new Difference(step, path, real, embedded)).Class);

    [Fact]
    public void Stale_RuleWithoutADifference_IsNamed()
    {
        ClassifiedDifference used = _rules.Classify(new Difference("a/b", "body.x", "1", "2"));

        Assert.Equal(["no more nulls"], _rules.Stale([used]).Select(rule => rule.Reason));
    }

    [Theory]
    [InlineData("- class: version\n  reason: no since\n")]
    [InlineData("- class: perhaps\n  reason: odd class\n")]
    [InlineData("- class: out of scope\n")]
    public void Parse_RuleThatSaysTooLittle_IsRefused(string yaml) => Assert.Throws<FormatException>(() => RuleSet.Parse(yaml).ToList());

    [Fact]
    public void IsOpen_DefectsAndTheUnexplained_AreTheOnlyOnes()
    {
        Assert.True(new ClassifiedDifference(new Difference("a", "b", "1", "2"), null).IsOpen);
        Assert.True(new ClassifiedDifference(new Difference("a", "b", "1", "2"), new DifferenceRule { Class = DifferenceClass.Defect, Reason = "r" }).IsOpen);
        Assert.False(_rules.Classify(new Difference("a/b", "body.x", "1", "2")).IsOpen);
    }
}
