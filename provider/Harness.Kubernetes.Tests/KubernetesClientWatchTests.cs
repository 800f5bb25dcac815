using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Resources;
using Harness.Kubernetes.Tests.Server;

namespace Harness.Kubernetes.Tests;

public sealed class KubernetesClientWatchTests : IAsyncLifetime
{
    private const string Protobuf = "application/vnd.kubernetes.protobuf;stream=watch";
    private const string Json = "application/json";

    private ApiTestServer _server = null!;
    private KubernetesClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await ApiTestServer.StartAsync();
        _client = _server.Client();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("pods-json.body.json", Json, "AMMMMMMDMD")]
    [InlineData("pods-protobuf.body.pb", Protobuf, "AMMMMMMDMD")]
    [InlineData("pods-bookmarks-json.body.json", Json, "AMMMMMMDMDBB")]
    [InlineData("pods-bookmarks-protobuf.body.pb", Protobuf, "AMMMMMMDMDBB")]
    [InlineData("pods-initialevents-json.body.json", Json, "AABAMMMMMMDMDBBB")]
    [InlineData("pods-initialevents-protobuf.body.pb", Protobuf, "AABAMMMMMMDMDBBB")]
    public async Task Watch_Recording_GivesItsEvents(string golden, string contentType, string expected)
    {
        _server.Answer(Golden.Bytes($"watch/{golden}"), contentType);

        var events = await WatchAsync(new WatchQuery { ResourceVersion = "349" });

        Assert.Equal(expected, string.Concat(events.Select(item => item.Type.ToString()[0])));
        Assert.All(events, item => Assert.NotEmpty(item.Object.Metadata.ResourceVersion));
        Assert.All(events.Where(item => item.Type != WatchEventType.Bookmark), item => Assert.NotEmpty(item.Object.Metadata.Uid));
        var request = Assert.Single(_server.Requests);
        Assert.Equal("/api/v1/namespaces/watch/pods?watch=true&resourceVersion=349&allowWatchBookmarks=true", request.Target);
        Assert.Contains("application/vnd.kubernetes.protobuf; stream=watch", request.Headers["Accept"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_BytesThatTrickle_ArePutTogether()
    {
        var bytes = Golden.Bytes("watch/pods-protobuf.body.pb");
        _server.Answer(async context =>
        {
            context.Response.ContentType = Protobuf;
            foreach (var piece in bytes.Chunk(97))
            {
                await context.Response.Body.WriteAsync(piece);
                await context.Response.Body.FlushAsync();
            }
        });

        Assert.Equal(10, (await WatchAsync(new WatchQuery())).Count);
    }

    [Theory]
    [InlineData("pods-error-410-json.body.json", Json)]
    [InlineData("pods-error-410-protobuf.body.pb", Protobuf)]
    public async Task Watch_OldVersion_IsGone(string golden, string contentType)
    {
        _server.Answer(Golden.Bytes($"watch/{golden}"), contentType);

        var exception = await Assert.ThrowsAsync<KubernetesApiException>(() => WatchAsync(new WatchQuery { ResourceVersion = "1" }));

        Assert.True(exception.IsGone);
        Assert.Equal("Expired", exception.Reason);
        Assert.Contains("too old resource version", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_Silence_EndsAfterTheIdleTimeout()
    {
        _server.AnswerAndHold(Golden.Bytes("watch/pods-protobuf.body.pb"), Protobuf);
        var seen = 0;

        var exception = await Assert.ThrowsAsync<KubernetesApiException>(async () =>
        {
            var query = new WatchQuery { IdleTimeout = TimeSpan.FromMilliseconds(500) };
            await foreach (var _ in _client.WatchAsync(KubernetesResources.Pods, "watch", query, CancellationToken.None))
            {
                seen++;
            }
        });

        Assert.Equal(10, seen);
        Assert.Contains("nothing came", exception.Message, StringComparison.Ordinal);
        Assert.True(exception.IsTransient);
    }

    [Fact]
    public async Task Watch_ConnectionLost_Throws()
    {
        _server.Answer(async context =>
        {
            context.Response.ContentType = Json;
            await context.Response.Body.WriteAsync(Golden.Bytes("watch/pods-json.body.json").AsMemory(0, 100));
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        var exception = await Assert.ThrowsAsync<KubernetesApiException>(() => WatchAsync(new WatchQuery()));

        Assert.True(exception.IsTransient);
    }

    [Fact]
    public async Task Watch_EndInTheMiddleOfAnEvent_Throws()
    {
        _server.Answer(Golden.Bytes("watch/pods-protobuf.body.pb")[..500], Protobuf);

        await Assert.ThrowsAsync<KubernetesApiException>(() => WatchAsync(new WatchQuery()));
    }

    [Fact]
    public async Task Watch_CallerCancels_IsCancelled()
    {
        _server.AnswerAndHold(Golden.Bytes("watch/pods-json.body.json"), Json);
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in _client.WatchAsync(KubernetesResources.Pods, "watch", new WatchQuery(), cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task Watch_Leases_AreRead()
    {
        _server.Answer(Golden.Bytes("watch/leases-protobuf.body.pb"), Protobuf);

        var events = await _client.WatchAsync(KubernetesResources.Leases, "watch", new WatchQuery(), CancellationToken.None).ToListAsync();

        Assert.NotEmpty(events);
        Assert.All(events, item => Assert.NotEmpty(item.Object.Metadata.Name));
    }

    private async Task<List<WatchEvent<Pod>>> WatchAsync(WatchQuery query) =>
        await _client.WatchAsync(KubernetesResources.Pods, "watch", query, CancellationToken.None).ToListAsync();
}
