using System.Net;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Resources;
using Harness.Kubernetes.Tests.Server;

namespace Harness.Kubernetes.Tests;

public sealed class KubernetesClientReadTests : IAsyncLifetime
{
    private const string Protobuf = "application/vnd.kubernetes.protobuf";
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

    [Fact]
    public async Task Get_EitherFormat_GivesTheSamePod()
    {
        _server.Answer(Golden.Bytes("objects/pod-env.pb"), Protobuf).Answer(Golden.Bytes("objects/pod-env.json"), Json);

        var first = await _client.GetAsync(KubernetesResources.Pods, "ns", "pod-env", CancellationToken.None);
        var second = await _client.GetAsync(KubernetesResources.Pods, "ns", "pod-env", CancellationToken.None);

        Assert.Equal("env", first.Metadata.Name.Replace("pod-", "", StringComparison.Ordinal));
        Assert.Equal(first.Metadata.Uid, second.Metadata.Uid);
        Assert.Equal(first.Spec.Containers.Count, second.Spec.Containers.Count);
        var request = _server.Requests.First();
        Assert.Equal("/api/v1/namespaces/ns/pods/pod-env", request.Target);
        Assert.Equal("application/vnd.kubernetes.protobuf, application/json", request.Headers["Accept"]);
        Assert.Equal("HTTP/2", request.Protocol);
        Assert.StartsWith("harness/", request.Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pb", Protobuf)]
    [InlineData("json", Json)]
    public async Task ListAll_Pages_ReadsToTheLast(string extension, string contentType)
    {
        for (var page = 1; page <= 3; page++)
        {
            _server.Answer(Golden.Bytes($"lists/pods-limit3-page{page}.{extension}"), contentType);
        }

        var names = await _client.ListAllAsync(KubernetesResources.Pods, "list", new ListQuery { Limit = 3 }, CancellationToken.None)
            .Select(pod => pod.Metadata.Name)
            .ToListAsync();

        Assert.Equal(["p-0", "p-1", "p-2", "p-3", "p-4", "p-5", "p-6"], names);
        Assert.Equal(
            [
                "/api/v1/namespaces/list/pods?limit=3",
                "/api/v1/namespaces/list/pods?limit=3&continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MzQ3LCJzdGFydCI6Ii9wLTJcdTAwMDAifQ",
                "/api/v1/namespaces/list/pods?limit=3&continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MzQ3LCJzdGFydCI6Ii9wLTVcdTAwMDAifQ",
            ],
            _server.Requests.Select(request => request.Target));
    }

    [Theory]
    [InlineData("pb", Protobuf)]
    [InlineData("json", Json)]
    public async Task List_Page_TellsItsMetadata(string extension, string contentType)
    {
        _server.Answer(Golden.Bytes($"lists/pods-limit3-page1.{extension}"), contentType).Answer(Golden.Bytes($"lists/pods-empty.{extension}"), contentType);

        var page = await _client.ListAsync(KubernetesResources.Pods, null, new ListQuery { FieldSelector = "spec.nodeName=a,b" }, CancellationToken.None);
        var empty = await _client.ListAsync(KubernetesResources.Pods, "none", null, CancellationToken.None);

        Assert.Equal(("347", 4L), (page.ResourceVersion, page.RemainingItemCount!.Value));
        Assert.Empty(empty.Items);
        Assert.Null(empty.Continue);
        Assert.Equal("/api/v1/pods?fieldSelector=spec.nodeName%3Da%2Cb", _server.Requests.First().Target);
    }

    [Theory]
    [InlineData("errors/404-pod.json", HttpStatusCode.NotFound, "NotFound", false)]
    [InlineData("errors/404-protobuf.json", HttpStatusCode.NotFound, "NotFound", false)]
    [InlineData("errors/404-unknown-path.json", HttpStatusCode.NotFound, "", false)]
    [InlineData("errors/403-user-get.json", HttpStatusCode.Forbidden, "Forbidden", false)]
    [InlineData("errors/409-already-exists.json", HttpStatusCode.Conflict, "AlreadyExists", false)]
    [InlineData("errors/409-conflict-update.json", HttpStatusCode.Conflict, "Conflict", false)]
    [InlineData("errors/410-continue-expired.json", HttpStatusCode.Gone, "Expired", false)]
    [InlineData("errors/410-continue-expired-protobuf.json", HttpStatusCode.Gone, "Expired", false)]
    [InlineData("errors/429-priority-and-fairness.json", HttpStatusCode.TooManyRequests, "", true)]
    [InlineData("errors/429-eviction-pdb-not-observed.json", HttpStatusCode.TooManyRequests, "TooManyRequests", true)]
    public async Task Get_Refused_TellsWhatTheServerSaid(string golden, HttpStatusCode code, string reason, bool isTransient)
    {
        _server.Replay(golden);

        var exception = await Assert.ThrowsAsync<KubernetesApiException>(
            () => _client.GetAsync(KubernetesResources.Pods, "ns", "x", CancellationToken.None));

        Assert.Equal((code, reason, isTransient), (exception.StatusCode!.Value, exception.Reason, exception.IsTransient));
        Assert.NotEmpty(exception.StatusMessage);
        Assert.StartsWith("GET /api/v1/namespaces/ns/pods/x: ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(isTransient, exception.RetryAfter is not null);
    }

    [Fact]
    public async Task Find_NotFound_IsNull()
    {
        _server.Replay("errors/404-pod.json");

        Assert.Null(await _client.FindAsync(KubernetesResources.Pods, "ns", "x", CancellationToken.None));
    }

    [Fact]
    public async Task Get_AnswerThatIsNoObject_IsAnApiException()
    {
        _server.Answer("nonsense"u8.ToArray(), Protobuf);

        var exception = await Assert.ThrowsAsync<KubernetesApiException>(
            () => _client.GetAsync(KubernetesResources.Pods, "ns", "x", CancellationToken.None));

        Assert.Contains("cannot be read", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NoAnswerInTime_IsTransient()
    {
        _server.AnswerAndHold([], Json);
        using var hasty = _server.Client(new KubernetesClientOptions { RequestTimeout = TimeSpan.FromMilliseconds(300) });

        var exception = await Assert.ThrowsAsync<KubernetesApiException>(
            () => hasty.GetAsync(KubernetesResources.Pods, "ns", "x", CancellationToken.None));

        Assert.Null(exception.StatusCode);
        Assert.True(exception.IsTransient);
        Assert.True(exception.IsOutcomeUnknown);
    }

    [Fact]
    public async Task Get_CallerCancels_IsCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        _server.Answer(async context =>
        {
            await cancellation.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _client.GetAsync(KubernetesResources.Pods, "ns", "x", cancellation.Token));
    }

    [Fact]
    public void Path_NamespacedObjectWithoutNamespace_Throws() =>
        Assert.Throws<ArgumentException>(() => KubernetesResources.Pods.Path(null, "x"));

    [Fact]
    public void Path_Resources_FollowTheirGroup()
    {
        Assert.Equal("/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n", KubernetesResources.Leases.Path("kube-node-lease", "n"));
        Assert.Equal("/api/v1/nodes/n/status", KubernetesResources.Nodes.Path("ignored", "n", "status"));
        Assert.Equal("/api/v1/pods", KubernetesResources.Pods.Path(null));
        Assert.IsType<Pod>(KubernetesResources.Pods.Parser.ParseFrom([]));
    }
}
