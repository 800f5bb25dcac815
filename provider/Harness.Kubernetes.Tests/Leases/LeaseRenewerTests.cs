using Harness.Kubernetes.Leases;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Tests.Server;
using Harness.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Kubernetes.Tests.Leases;

public sealed class LeaseRenewerTests : IAsyncLifetime
{
    private const string Lease = """
        {"kind":"Lease","apiVersion":"coordination.k8s.io/v1","metadata":{"name":"node","namespace":"kube-node-lease","uid":"u","resourceVersion":"7"},
        "spec":{"holderIdentity":"node","leaseDurationSeconds":40,"renewTime":"2026-01-01T00:00:00.000000Z"}}
        """;

    private readonly ManualTimeProvider _clock = new();
    private ApiTestServer _server = null!;
    private KubernetesClient _client = null!;
    private LeaseRenewer _renewer = null!;

    public async Task InitializeAsync()
    {
        _server = await ApiTestServer.StartAsync();
        _client = _server.Client(new KubernetesClientOptions { SendProtobuf = false });
        var options = new LeaseOptions
        {
            Name = "node",
            HolderIdentity = "node",
            Owner = () => new OwnerReference { ApiVersion = "v1", Kind = "Node", Name = "node", Uid = "n" },
        };
        _renewer = new LeaseRenewer(_client, options, _clock, new Random(1), NullLogger.Instance);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Renew_Missing_IsCreatedThenUpdated()
    {
        _server.Replay("errors/404-pod.json").AnswerJson(Lease, 201).AnswerJson(Lease);

        await _renewer.RenewAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await _renewer.RenewAsync(CancellationToken.None);

        Assert.Equal(["GET", "POST", "PUT"], _server.Requests.Select(request => request.Method));
        var created = Body(1);
        Assert.Contains("\"leaseDurationSeconds\":40", created, StringComparison.Ordinal);
        Assert.Contains("\"renewTime\":\"2026-01-01T00:00:00.000000Z\"", created, StringComparison.Ordinal);
        Assert.Contains("\"ownerReferences\":[{", created, StringComparison.Ordinal);
        Assert.Contains("\"renewTime\":\"2026-01-01T00:00:10.000000Z\"", Body(2), StringComparison.Ordinal);
        Assert.Contains("\"resourceVersion\":\"7\"", Body(2), StringComparison.Ordinal);
        Assert.Equal(_clock.GetUtcNow(), _renewer.LastRenewed);
    }

    [Fact]
    public async Task Renew_Conflict_ReadsAnewNextTime()
    {
        _server.AnswerJson(Lease).Replay("errors/409-conflict-update.json").AnswerJson(Lease);

        await Assert.ThrowsAsync<KubernetesApiException>(() => _renewer.RenewAsync(CancellationToken.None));
        await _renewer.RenewAsync(CancellationToken.None);

        Assert.Equal(["GET", "PUT", "GET", "PUT"], _server.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task Run_Failure_IsTriedAgainSoon()
    {
        _server.Answer("broken"u8.ToArray(), "text/plain", 500).AnswerJson(Lease);
        using var cancellation = new CancellationTokenSource();
        var running = _renewer.RunAsync(cancellation.Token);
        var limit = TimeSpan.FromSeconds(30);

        // Less than the renew interval passes in all.
        Assert.True(SpinWait.SpinUntil(() => _server.Requests.Count == 1 && _clock.NextDue is { } due && due < _clock.GetUtcNow() + TimeSpan.FromSeconds(1), limit));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(SpinWait.SpinUntil(() => _renewer.LastRenewed is not null, limit));

        await cancellation.CancelAsync();
        await running.WaitAsync(limit);
    }

    private string Body(int request) => System.Text.Encoding.UTF8.GetString(_server.Requests.ElementAt(request).Body);
}
