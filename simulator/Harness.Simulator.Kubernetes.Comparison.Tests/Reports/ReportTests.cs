using System.Text.Json.Nodes;
using Harness.Simulator.Kubernetes.Comparison.Differences;
using Harness.Simulator.Kubernetes.Comparison.Reports;

namespace Harness.Simulator.Kubernetes.Comparison.Tests.Reports;

public sealed class ReportTests
{
    private static readonly RuleSet _rules = new([.. RuleSet.Parse("- class: version\n  since: '1.22'\n  reason: it changed\n  paths: [body.old]\n")]);

    [Fact]
    public void Of_Recordings_CountsWhatIsAlikeAndJudgesTheRest()
    {
        ChapterResult result = ChapterResult.Of("c", Recorded(("a", """{"x":1}"""), ("b", """{"old":1}"""), ("d", """{"x":1}""")),
            Recorded(("a", """{"x":1}"""), ("b", """{"old":2}"""), ("d", """{"x":2}""")), _rules);

        Assert.Equal((3, 1), (result.Requests, result.Alike));
        Assert.Equal([DifferenceClass.Version, DifferenceClass.Unclassified], result.Differences.Select(one => one.Class));
    }

    [Fact]
    public void Of_StepWithoutARecording_IsOpen() =>
        Assert.True(Assert.Single(ChapterResult.Of("c", Recorded(), Recorded(("new", "{}")), _rules).Differences).IsOpen);

    [Fact]
    public void Of_StepThatIsNoLongerPlayed_IsOpen() =>
        Assert.True(Assert.Single(ChapterResult.Of("c", Recorded(("gone", "{}")), Recorded(), _rules).Differences).IsOpen);

    [Fact]
    public void Write_OpenDifference_StandsInBothReports()
    {
        ChapterResult result = ChapterResult.Of("c", Recorded(("a", """{"x":"p|q"}""")), Recorded(("a", """{"x":2}""")), _rules);
        var comparison = new ComparisonResult(DateTimeOffset.UnixEpoch, "v1.20.2", "v1.34", [result], _rules.Rules);

        string page = MarkdownReport.Write(comparison);
        JsonNode document = JsonNode.Parse(JsonReport.Write(comparison))!;

        Assert.Contains("| c/a | `body.x` | `\"p\\|q\"` | `2` |", page, StringComparison.Ordinal);
        Assert.Contains("A rule that explains nothing any more: it changed", page, StringComparison.Ordinal);
        Assert.Equal(1, (int)document["open"]!);
        Assert.Equal("unclassified", (string)document["differences"]![0]!["class"]!);
        Assert.False(comparison.IsGood);
    }

    [Fact]
    public void Parse_WhatToTextWrote_IsTheSame()
    {
        Recording recording = Recorded(("a/b", """{"x":"ü<"}"""), ("c", "null"));

        Recording read = Recording.Parse(recording.ToText());

        Assert.Equal(recording.ToText(), read.ToText());
        Assert.Equal(["a/b", "c"], read.Answers.Select(one => one.Key));
    }

    private static Recording Recorded(params (string Step, string Body)[] answers) => new("v1", [.. answers.Select(one =>
        new KeyValuePair<string, JsonObject>(one.Step, new JsonObject { ["status"] = 200, ["body"] = JsonNode.Parse(one.Body) }))]);
}
