using System.Globalization;
using System.Text;
using Harness.Simulator.Kubernetes.Comparison.Differences;

namespace Harness.Simulator.Kubernetes.Comparison.Reports;

/// <summary>Writes a comparison for people: how much is alike, why the rest is not, with an example of each reason. Pure.</summary>
internal static class MarkdownReport
{
    public static string Write(ComparisonResult comparison)
    {
        var text = new StringBuilder();
        Head(text, comparison);
        Open(text, comparison);
        foreach (DifferenceClass one in (DifferenceClass[])[DifferenceClass.Version, DifferenceClass.OutOfScope])
        {
            Reasons(text, one, comparison);
        }

        return text.ToString();
    }

    private static void Head(StringBuilder text, ComparisonResult comparison)
    {
        int requests = comparison.Chapters.Sum(chapter => chapter.Requests);
        int alike = comparison.Chapters.Sum(chapter => chapter.Alike);
        text.Append(CultureInfo.InvariantCulture, $"""
            # The embedded API server compared with a real one

            Written by `scripts/compare-apis.sh` on {comparison.Date:yyyy-MM-dd}. Real: kube-apiserver {comparison.RealVersion} over etcd. Embedded: says {comparison.EmbeddedVersion}.
            Both ran without controllers. {requests} requests were played against each; {alike} answers are alike in all that is compared, the others differ in
            {comparison.All.Count()} places. Each place has a class: **version** ({Count(comparison, DifferenceClass.Version)}; Kubernetes itself changed between the two), **out of scope**
            ({Count(comparison, DifferenceClass.OutOfScope)}; left out by the embedded server, see [ARCHITECTURE.md](ARCHITECTURE.md)), **defect** or **unclassified** ({comparison.Open.Count}).

            Compared are status code, content type, warnings, Retry-After and the whole body, in JSON, protobuf, tables and partial metadata. Not compared: the order of
            fields, prose of table columns, and what differs on each run (uids, versions, times, generated names, allocated addresses and ports), of which only the
            relations count: which objects share a uid, which writes made a new version.

            | chapter | requests | alike | version | out of scope | open |
            |---|---|---|---|---|---|

            """);
        foreach (ChapterResult chapter in comparison.Chapters)
        {
            int Count(DifferenceClass wanted) => chapter.Differences.Count(one => one.Class == wanted);
            text.Append(CultureInfo.InvariantCulture,
                $"| {chapter.Name} | {chapter.Requests} | {chapter.Alike} | {Count(DifferenceClass.Version)} | {Count(DifferenceClass.OutOfScope)} | {chapter.Differences.Count(one => one.IsOpen)} |\n");
        }
    }

    private static void Open(StringBuilder text, ComparisonResult comparison)
    {
        text.Append("\n## Defects and what nobody has explained\n\n");
        if (comparison.IsGood)
        {
            text.Append("None.\n");
        }
        else
        {
            text.Append("| request | where | real | embedded |\n|---|---|---|---|\n");
            foreach (ClassifiedDifference one in comparison.Open)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {one.Difference.Step} | {Cells(one.Difference)} |\n");
            }
        }

        foreach (DifferenceRule stale in comparison.StaleRules)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nA rule that explains nothing any more: {stale.Reason}\n");
        }
    }

    private static void Reasons(StringBuilder text, DifferenceClass wanted, ComparisonResult comparison)
    {
        string since = wanted == DifferenceClass.Version ? "since | " : "";
        text.Append(CultureInfo.InvariantCulture, $"\n## Class {ClassNames.Of(wanted)}\n\n| {since}reason | places | for example | where | real | embedded |\n|---|---|---|---|---|---|{(since.Length > 0 ? "---|" : "")}\n");
        foreach (var reason in comparison.All.Where(one => one.Class == wanted).GroupBy(one => one.Rule!))
        {
            Difference example = reason.First().Difference;
            string version = since.Length > 0 ? $"{reason.Key.Since} | " : "";
            text.Append(CultureInfo.InvariantCulture,
                $"| {version}{MarkdownText.Cell(reason.Key.Reason)} | {reason.Count()} | {example.Step} | {Cells(example)} |\n");
        }
    }

    private static string Cells(Difference difference) =>
        $"{MarkdownText.Code(difference.Path)} | {MarkdownText.Code(difference.Real)} | {MarkdownText.Code(difference.Embedded)}";

    private static int Count(ComparisonResult comparison, DifferenceClass wanted) => comparison.All.Count(one => one.Class == wanted);
}
