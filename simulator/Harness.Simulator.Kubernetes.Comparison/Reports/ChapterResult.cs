using Harness.Simulator.Kubernetes.Comparison.Differences;

namespace Harness.Simulator.Kubernetes.Comparison.Reports;

/// <summary>What the comparison of one chapter found.</summary>
/// <param name="Name">The chapter.</param>
/// <param name="Requests">How many requests were played.</param>
/// <param name="Differences">Where the answers differ.</param>
internal sealed record ChapterResult(string Name, int Requests, IReadOnlyList<ClassifiedDifference> Differences)
{
    /// <summary>Requests whose answers are the same in every respect that is compared.</summary>
    public int Alike => Requests - Differences.Select(one => one.Difference.Step).Distinct().Count();

    /// <summary>Compares an embedded server's answers to a chapter with those of a real one.</summary>
    public static ChapterResult Of(string chapter, Recording real, Recording embedded, RuleSet rules)
    {
        Dictionary<string, System.Text.Json.Nodes.JsonObject> others = embedded.Answers.ToDictionary(one => one.Key, one => one.Value);
        IEnumerable<Difference> found = real.Answers.SelectMany(one => others.TryGetValue(one.Key, out var other)
            ? AnswerDiffer.Compare($"{chapter}/{one.Key}", one.Value, other)
            : [new Difference($"{chapter}/{one.Key}", "answer", "recorded", "not played: record the chapter again")]);
        IEnumerable<Difference> unrecorded = embedded.Answers.Select(one => one.Key).Except(real.Answers.Select(one => one.Key))
            .Select(step => new Difference($"{chapter}/{step}", "answer", "not recorded: record the chapter again", "played"));
        return new ChapterResult(chapter, embedded.Answers.Count, [.. found.Concat(unrecorded).Select(rules.Classify)]);
    }
}
