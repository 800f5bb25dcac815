using System.Globalization;

namespace Harness.Simulator.Kubernetes.Controllers.Jobs;

/// <summary>Completion indexes in the text form of a job's status, such as <c>0-2,5</c>. Pure.</summary>
internal static class IndexRanges
{
    public static string Format(IEnumerable<int> indexes)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (var index in indexes.Distinct().Order())
        {
            if (ranges.Count > 0 && ranges[^1].Last == index - 1)
            {
                ranges[^1] = (ranges[^1].First, index);
            }
            else
            {
                ranges.Add((index, index));
            }
        }

        return string.Join(',', ranges.Select(range => range.First == range.Last
            ? range.First.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}")));
    }

    public static IEnumerable<int> Parse(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries).SelectMany(range =>
    {
        var ends = range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    });
}
