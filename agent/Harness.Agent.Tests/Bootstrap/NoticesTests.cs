using Grpc.Core;
using Harness.Agent.Contract.V1;
using Harness.Agent.Tests.Support;
using NoticeKind = Harness.Agent.Contract.V1.NodeNotice.Types.Kind;
using NoticeAction = Harness.Agent.Contract.V1.NodeNotice.Types.Action;

namespace Harness.Agent.Tests.Bootstrap;

/// <summary>vkvmagent.v1.NodeNotices through the real wire (clauses E-01 and E-02 of CONTRACT.md).</summary>
public sealed class NoticesTests : IAsyncLifetime
{
    private InstanceUnderTest _instance = null!;

    public async Task InitializeAsync()
    {
        _instance = await InstanceUnderTest.BootAsync(metadata => metadata.Put(
            "latest/meta-data/events/recommendations/rebalance", """{"noticeTime": "2026-10-27T08:22:00Z"}"""));
        await _instance.SecureAsync();
    }

    public async Task DisposeAsync() => await _instance.DisposeAsync();

    [Fact]
    [Trait("Clause", "E-01")]
    public async Task WatchNotices_FirstWhatStands_ThenEachChange()
    {
        using var call = Watch();

        var first = Assert.Single((await NextAsync(call, _ => true)).Notices);
        _instance.Metadata.Put("latest/meta-data/spot/instance-action", """{"action": "terminate", "time": "2026-10-27T08:24:00Z"}""");
        var second = await NextAsync(call, response => response.Notices.Count == 2);
        _instance.Metadata.Remove("latest/meta-data/events/recommendations/rebalance");
        var third = await NextAsync(call, response => response.Notices.Count == 1);

        Assert.Equal((NoticeKind.RebalanceRecommendation, NoticeAction.None), (first.Kind, first.Action));
        var spot = second.Notices.Single(notice => notice.Kind == NoticeKind.SpotInterruption);
        Assert.Equal(NoticeAction.Terminate, spot.Action);
        Assert.Equal(new DateTime(2026, 10, 27, 8, 24, 0, DateTimeKind.Utc), spot.NotBefore.ToDateTime());
        Assert.Equal(first, second.Notices.Single(notice => notice.Id == first.Id));
        Assert.Equal(spot, Assert.Single(third.Notices));
    }

    [Fact]
    public async Task WatchNotices_ScheduledEvents_OnlyActiveOnes()
    {
        _instance.Metadata.Put("latest/meta-data/events/maintenance/scheduled", """
            [
              {"NotBefore": "21 Jan 2026 09:00:43 GMT", "Code": "system-reboot", "Description": "scheduled reboot",
               "EventId": "instance-event-0d59937288b749b32", "NotAfter": "21 Jan 2026 09:17:23 GMT", "State": "active"},
              {"NotBefore": "22 Jan 2026 09:00:43 GMT", "Code": "instance-retirement", "Description": "The instance is running on degraded hardware",
               "EventId": "instance-event-1", "State": "active"},
              {"NotBefore": "23 Jan 2026 09:00:43 GMT", "Code": "instance-stop", "Description": "[Canceled] stop", "EventId": "instance-event-2", "State": "canceled"}
            ]
            """);
        using var call = Watch();

        var notices = (await NextAsync(call, response => response.Notices.Count == 3)).Notices;

        var reboot = notices.Single(notice => notice.Id == "instance-event-0d59937288b749b32");
        Assert.Equal((NoticeKind.Maintenance, NoticeAction.Reboot, "system-reboot"), (reboot.Kind, reboot.Action, reboot.Code));
        Assert.Equal(new DateTime(2026, 1, 21, 9, 17, 23, DateTimeKind.Utc), reboot.NotAfter.ToDateTime());
        Assert.Equal(NoticeKind.Retirement, notices.Single(notice => notice.Id == "instance-event-1").Kind);
    }

    [Fact]
    [Trait("Clause", "E-02")]
    public async Task WatchNotices_MetadataServiceDown_KeepsWhatIsKnownAndSaysSo()
    {
        using var call = Watch();
        var before = await NextAsync(call, _ => true);

        _instance.Metadata.Refusal = 503;
        var down = await NextAsync(call, response => response.Problem.Length > 0);
        _instance.Metadata.Refusal = null;
        var after = await NextAsync(call, response => response.Problem.Length == 0);

        Assert.Equal(before.Notices, down.Notices);
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task WatchNotices_AgentStops_Unavailable()
    {
        using var call = Watch();
        await NextAsync(call, _ => true);

        var stopping = _instance.Server.StopAsync(CancellationToken.None);

        var ended = await Assert.ThrowsAsync<RpcException>(async () => await NextAsync(call, _ => false));
        Assert.Equal(StatusCode.Unavailable, ended.StatusCode);
        await stopping;
    }

    private AsyncServerStreamingCall<WatchNoticesResponse> Watch() =>
        new NodeNotices.NodeNoticesClient(_instance.Open(_instance.Address, _instance.Client.Certificate)).WatchNotices(new WatchNoticesRequest());

    private static async Task<WatchNoticesResponse> NextAsync(
        AsyncServerStreamingCall<WatchNoticesResponse> call, Predicate<WatchNoticesResponse> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90), TimeProvider.System);
        while (await call.ResponseStream.MoveNext(limit.Token))
        {
            if (wanted(call.ResponseStream.Current))
            {
                return call.ResponseStream.Current;
            }
        }

        throw new InvalidOperationException("The stream ended early.");
    }
}
