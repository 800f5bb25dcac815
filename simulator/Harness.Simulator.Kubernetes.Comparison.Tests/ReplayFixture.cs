using Harness.Simulator.Kubernetes.Comparison.Differences;
using Harness.Simulator.Kubernetes.Comparison.Playing;
using Harness.Simulator.Kubernetes.Comparison.Reports;
using Harness.Simulator.Kubernetes.Comparison.Requests;
using Harness.Simulator.Kubernetes.Comparison.Servers;

namespace Harness.Simulator.Kubernetes.Comparison.Tests;

/// <summary>All chapters, played once against embedded servers and compared with what a real one was recorded to answer.</summary>
public sealed class ReplayFixture : IAsyncLifetime
{
    private readonly Dictionary<string, ChapterResult> _results = [];

    internal RuleSet Rules { get; } = RuleSet.Load();

    internal IReadOnlyDictionary<string, ChapterResult> Results => _results;

    public async Task InitializeAsync()
    {
        ChapterResult[] results = await Task.WhenAll(RequestSet.Names.Select(PlayAsync));
        foreach (ChapterResult result in results)
        {
            _results[result.Name] = result;
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<ChapterResult> PlayAsync(string chapter)
    {
        await using EmbeddedApiServer server = await EmbeddedApiServer.StartAsync(CancellationToken.None);
        var answers = await new ChapterPlayer(server, TimeProvider.System).PlayAsync(RequestSet.Read(chapter), CancellationToken.None);
        return ChapterResult.Of(chapter, Recording.Read(Recording.Folder, chapter), new Recording(server.Version, answers), Rules);
    }
}
