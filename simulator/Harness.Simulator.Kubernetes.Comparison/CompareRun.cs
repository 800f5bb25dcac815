using Harness.Simulator.Kubernetes.Comparison.Differences;
using Harness.Simulator.Kubernetes.Comparison.Playing;
using Harness.Simulator.Kubernetes.Comparison.Reports;
using Harness.Simulator.Kubernetes.Comparison.Requests;
using Harness.Simulator.Kubernetes.Comparison.Servers;

namespace Harness.Simulator.Kubernetes.Comparison;

/// <summary>One run of the comparison: plays the chapters, judges what differs, writes the reports.</summary>
internal sealed class CompareRun(CompareOptions options, TimeProvider time, TextWriter output)
{
    /// <summary>Runs; true when nothing is open.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> chapters = options.Chapters.Count > 0 ? options.Chapters : RequestSet.Names;
        RuleSet rules = RuleSet.Load();
        await using RealApiServer? real = options.ControlPlane is null ? null : await RealApiServer.StartAsync(options.ControlPlane, cancellationToken);
        var results = new List<ChapterResult>();
        string realVersion = "";
        string embeddedVersion = "";
        foreach (string name in chapters)
        {
            Chapter chapter = RequestSet.Read(name);
            Task<Recording> embedded = EmbeddedAsync(chapter, cancellationToken);
            Recording recorded = real is null ? Recording.Read(Recording.Folder, name) : await real.WatchedAsync(PlayAsync(real, chapter, cancellationToken));
            if (options.RecordTo is not null && real is not null)
            {
                recorded.Write(options.RecordTo, name);
            }

            ChapterResult result = ChapterResult.Of(name, recorded, await embedded, rules);
            await output.WriteLineAsync($"{name}: {result.Requests} requests, {result.Alike} alike, {result.Differences.Count(one => one.IsOpen)} open");
            results.Add(result);
            (realVersion, embeddedVersion) = (recorded.Version, (await embedded).Version);
        }

        IReadOnlyList<DifferenceRule> stale = options.Chapters.Count > 0 ? [] : rules.Stale(results.SelectMany(result => result.Differences));
        var comparison = new ComparisonResult(time.GetUtcNow(), realVersion, embeddedVersion, results, stale);
        await ReportAsync(comparison, cancellationToken);
        return comparison.IsGood && stale.Count == 0;
    }

    private async Task ReportAsync(ComparisonResult comparison, CancellationToken cancellationToken)
    {
        foreach (ClassifiedDifference one in comparison.Open)
        {
            await output.WriteLineAsync($"{one.Difference.Step} {one.Difference.Path}\n    real:     {one.Difference.Real}\n    embedded: {one.Difference.Embedded}");
        }

        foreach (DifferenceRule stale in comparison.StaleRules)
        {
            await output.WriteLineAsync($"A rule explains nothing any more; remove it: {stale.Reason}");
        }

        if (options.ReportTo is { } folder)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "api-comparison.md"), MarkdownReport.Write(comparison), cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "api-comparison.json"), JsonReport.Write(comparison), cancellationToken);
        }
    }

    /// <summary>Each chapter has an embedded server of its own.</summary>
    private async Task<Recording> EmbeddedAsync(Chapter chapter, CancellationToken cancellationToken)
    {
        await using EmbeddedApiServer server = await EmbeddedApiServer.StartAsync(cancellationToken);
        return await PlayAsync(server, chapter, cancellationToken);
    }

    private async Task<Recording> PlayAsync(IApiServer server, Chapter chapter, CancellationToken cancellationToken) =>
        new(server.Version, await new ChapterPlayer(server, time).PlayAsync(chapter, cancellationToken));
}
