using System.Globalization;
using System.Text;
using Harness.Fuzz.Cases;

namespace Harness.Fuzz;

/// <summary>What a run found. An immutable value.</summary>
internal sealed record FuzzReport
{
    public required int Seed { get; init; }

    public required long Cases { get; init; }

    public required long Frames { get; init; }

    public required long Bytes { get; init; }

    /// <summary>How connections ended, with their numbers.</summary>
    public required IReadOnlyDictionary<string, CaseCount> Outcomes { get; init; }

    /// <summary>One line for each flood.</summary>
    public required IReadOnlyList<string> Floods { get; init; }

    /// <summary>Health checks that were answered with SERVING while the run went on.</summary>
    public required long Checks { get; init; }

    public required long WarmBytes { get; init; }

    public required long EndBytes { get; init; }

    /// <summary>Empty when all is well.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    public bool IsGood => Problems.Count == 0;

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"seed {Seed}: {Cases} connections, {Frames} frames, {Bytes / 1024 / 1024} MiB sent; {Checks} health checks answered");
        text.AppendLine(CultureInfo.InvariantCulture, $"private memory: {Mebibytes(WarmBytes)} MiB when warm, {Mebibytes(EndBytes)} MiB at the end");
        foreach (var (outcome, counted) in Outcomes.OrderByDescending(pair => pair.Value.Count))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {counted.Count,8} {outcome} (case {counted.Example})");
        }

        foreach (var flood in Floods)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  flood {flood}");
        }

        foreach (var problem in Problems)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"FAILED: {problem}");
        }

        return text.Append(IsGood ? "ok" : "failed").ToString();
    }

    private static string Mebibytes(long bytes) => (bytes / 1024.0 / 1024.0).ToString("0.0", CultureInfo.InvariantCulture);
}
