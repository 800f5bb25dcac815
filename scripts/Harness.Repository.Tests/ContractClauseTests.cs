using System.Text.RegularExpressions;

namespace Harness.Repository.Tests;

/// <summary>
/// Holds agent/CONTRACT.md together with the tests of the reference agent, which carry the numbers of the clauses that they prove
/// ([Trait("Clause", "L-05")]), and with the cases of the conformance suite, which cite them.
/// </summary>
public sealed partial class ContractClauseTests
{
    private static readonly string Contract = File.ReadAllText(Path.Combine(Checkout.Root, "agent", "CONTRACT.md"));
    private static readonly string[] Clauses = [.. ClausePattern().Matches(Contract).Select(match => match.Groups["id"].Value)];

    private static readonly string[] Tested =
    [
        .. Checkout.Files("Tests.cs")
            .Where(path => !path.EndsWith($"{nameof(ContractClauseTests)}.cs", StringComparison.Ordinal))
            .SelectMany(path => TraitPattern().Matches(File.ReadAllText(path)))
            .Select(match => match.Groups["id"].Value)
            .Distinct(),
    ];

    /// <summary>Clauses whose part of the agent, or whose test, has still to come. It only ever shrinks.</summary>
    private static readonly string[] Awaiting =
    [
        .. File.ReadLines(Path.Combine(Checkout.Root, "agent", "clauses-without-test.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ')[0]),
    ];

    [Fact]
    public void Clauses_AreNumberedOnceAndWithoutGaps()
    {
        Assert.NotEmpty(Clauses);
        foreach (var section in Clauses.GroupBy(clause => clause[0]))
        {
            Assert.Equal(Enumerable.Range(1, section.Count()).Select(number => $"{section.Key}-{number:00}"), section);
        }
    }

    [Fact]
    public void Clauses_EachHasATestOfTheReferenceAgent()
    {
        var untested = Clauses.Except(Tested).Except(Awaiting).ToList();

        Assert.True(untested.Count == 0, "No test carries the number of " + string.Join(", ", untested));
    }

    [Fact]
    public void Awaiting_HasNoClauseThatIsTestedOrUnknown()
    {
        Assert.Empty(Awaiting.Intersect(Tested));
        Assert.Empty(Awaiting.Except(Clauses));
        Assert.Equal(Awaiting.Distinct(), Awaiting);
    }

    [Fact]
    public void Tests_CarryNumbersOfClausesAlone() => Assert.Empty(Tested.Except(Clauses));

    [Fact]
    public void Cases_EachCitesClauses()
    {
        var cases = CasePattern().Matches(Contract).ToDictionary(match => match.Groups["case"].Value, match => match.Groups["clauses"].Value.Split(", "));

        Assert.Equal(
            [.. Numbers('C', 31), .. Numbers('E', 18), .. Numbers('P', 6), .. Numbers('R', 12), .. Numbers('S', 16)],
            cases.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(cases.Values.SelectMany(cited => cited).Except(Clauses));
    }

    [Fact]
    public void Features_AreThoseOfTheList()
    {
        var listed = FeatureListPattern().Match(Contract).Groups["names"].Value.Split([',', '.', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

        Assert.Empty(FeaturePattern().Matches(Contract).Select(match => match.Groups["name"].Value).Distinct().Except(listed));
    }

    private static IEnumerable<string> Numbers(char letter, int count) => Enumerable.Range(1, count).Select(number => $"{letter}{number:00}");

    [GeneratedRegex(@"^- \*\*(?<id>[A-Z]-\d\d)\*\* \((MUST|SHOULD|MAY)(, feature \w+)?\) ", RegexOptions.Multiline)]
    private static partial Regex ClausePattern();

    [GeneratedRegex(@"\[Trait\(""Clause"", ""(?<id>[^""]+)""\)\]")]
    private static partial Regex TraitPattern();

    [GeneratedRegex(@"^\| (?<case>[CESRP]\d\d) \| (?<clauses>[A-Z0-9, -]+) \|$", RegexOptions.Multiline)]
    private static partial Regex CasePattern();

    [GeneratedRegex(@", feature (?<name>\w+)\)")]
    private static partial Regex FeaturePattern();

    [GeneratedRegex(@"Names: (?<names>[^.]+)\.")]
    private static partial Regex FeatureListPattern();
}
