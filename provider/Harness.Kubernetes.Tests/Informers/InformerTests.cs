using System.Collections.Concurrent;
using Harness.Kubernetes.Informers;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Queues;
using Harness.Kubernetes.Resources;
using Harness.Kubernetes.Tests.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Kubernetes.Tests.Informers;

/// <summary>The whole loop, over the wire, against recordings of a real server.</summary>
public sealed class InformerTests : IAsyncLifetime, IDisposable
{
    private const string Json = "application/json";
    private const string EmptyList = """{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"349"},"items":[]}""";

    private readonly BlockingCollection<string> _changes = [];
    private readonly CancellationTokenSource _cancellation = new();
    private ApiTestServer _server = null!;
    private KubernetesClient _client = null!;
    private Informer<Pod> _informer = null!;
    private Task _running = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _server = await ApiTestServer.StartAsync();
        _client = _server.Client();
        var options = new InformerOptions
        {
            PageSize = 3,
            Backoff = new BackoffPolicy { Initial = TimeSpan.FromMilliseconds(1), Max = TimeSpan.FromMilliseconds(10) },
        };
        _informer = new Informer<Pod>(_client, KubernetesResources.Pods, options, TimeProvider.System, new Random(1), NullLogger.Instance);
        _informer.AddHandler(change => _changes.Add($"{change.Type.ToString()[0]} {change.Key.Name}"));
        _informer.AddHandler(_ => throw new InvalidOperationException("a handler's fault is its own"));
    }

    public void Dispose() => _cancellation.Dispose();

    public async Task DisposeAsync()
    {
        await _cancellation.CancelAsync();
        await _running.WaitAsync(TimeSpan.FromSeconds(30));
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Run_PagesThenWatch_FollowsAndResumes()
    {
        for (var page = 1; page <= 3; page++)
        {
            _server.Answer(Golden.Bytes($"lists/pods-limit3-page{page}.pb"), "application/vnd.kubernetes.protobuf");
        }

        _server.Answer(Golden.Bytes("watch/pods-bookmarks-protobuf.body.pb"), "application/vnd.kubernetes.protobuf;stream=watch").AnswerAndHold([], Json);
        Start();
        await _informer.WaitForSyncAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        var changes = Take(17);

        Assert.Equal(["A p-0", "A p-1", "A p-2", "A p-3", "A p-4", "A p-5", "A p-6"], changes.Take(7));

        // The watch's second pod was not in the list: its first change makes it known.
        Assert.Equal("AUUUUUUDAD", string.Concat(changes.Skip(7).Select(change => change[0])));
        Assert.True(_informer.HasSynced);
        await RequestsAsync(5);
        Assert.Contains("resourceVersion=347", _server.Requests.ElementAt(3).Target, StringComparison.Ordinal);
        Assert.Contains("allowWatchBookmarks=true", _server.Requests.ElementAt(3).Target, StringComparison.Ordinal);

        // The last bookmark's version, not the last event's.
        Assert.DoesNotContain("resourceVersion=347", _server.Requests.ElementAt(4).Target, StringComparison.Ordinal);
        Assert.True(_informer.TryGet("list", "p-3", out var pod));
        Assert.Empty(pod.Metadata.ManagedFields);
    }

    [Fact]
    public async Task Run_WatchTooOld_ListsAnewAndTellsTheDifference()
    {
        _server.Answer(Golden.Bytes("lists/pods-limit3-page3.json"), Json)
            .Answer(Golden.Bytes("watch/pods-error-410-json.body.json"), Json)
            .AnswerJson(EmptyList)
            .AnswerAndHold([], Json);
        Start();

        Assert.Equal(["A p-6", "D p-6"], Take(2));
        await RequestsAsync(4);
        Assert.Equal(2, _informer.Lists);
        Assert.Contains("resourceVersion=349", _server.Requests.ElementAt(3).Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ContinueTokenTooOld_ListsInOne()
    {
        _server.Answer(Golden.Bytes("lists/pods-limit3-page1.json"), Json)
            .Replay("errors/410-continue-expired.json")
            .AnswerJson(EmptyList)
            .AnswerAndHold([], Json);
        Start();
        await _informer.WaitForSyncAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("/api/v1/pods", _server.Requests.ElementAt(2).Target);
        Assert.Equal(["A p-0", "A p-1", "A p-2", "D p-0", "D p-1", "D p-2"], Take(6).Order());
    }

    [Fact]
    public async Task Run_ServerInTrouble_NeverGivesUp()
    {
        for (var failure = 0; failure < 8; failure++)
        {
            _server.Answer("broken"u8.ToArray(), "text/plain", 500);
        }

        _server.AnswerJson(EmptyList).Answer("gone"u8.ToArray(), "text/plain", 503).AnswerAndHold(Golden.Bytes("watch/pods-json.body.json"), Json);
        Start();
        await _informer.WaitForSyncAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.StartsWith("A ", Take(1)[0], StringComparison.Ordinal);
        Assert.Equal(9, _informer.Failures);
    }

    private void Start() => _running = _informer.RunAsync(_cancellation.Token);

    private List<string> Take(int count) => [.. Enumerable.Range(0, count).Select(_ =>
        _changes.TryTake(out var change, TimeSpan.FromSeconds(30)) ? change : throw new TimeoutException("too few changes came"))];

    private async Task RequestsAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (_server.Requests.Count < count)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
