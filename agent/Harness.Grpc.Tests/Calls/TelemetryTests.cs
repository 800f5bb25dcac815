using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Hosting;

namespace Grpc.Tests.Calls;

/// <summary>What operators see of calls: metrics and activities of both sides.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Metrics_OfBothSides_TellMethodAndStatus()
    {
        var measured = new ConcurrentQueue<string>();
        await using var host = await GrpcHost.StartAsync();
        using var listener = Listen(measured, new Uri(host.Address).Authority);
        using var channel = GrpcChannel.ForAddress(host.Address);
        var client = new Peer.PeerClient(channel);

        await client.EchoAsync(new Note());
        await Assert.ThrowsAsync<RpcException>(() => client.EchoAsync(new Note { Text = "fail" }).ResponseAsync);
        await Assert.ThrowsAsync<RpcException>(() => client.MissingAsync(new Note()).ResponseAsync);

        Assert.Equal(3, measured.Count(line => line.StartsWith("grpc.client.attempt.started=1", StringComparison.Ordinal)));
        Assert.Single(measured, "grpc.client.call.duration harness.peer.Peer/Echo OK");
        Assert.Single(measured, "grpc.client.call.duration harness.peer.Peer/Echo ABORTED");
        Assert.Single(measured, "grpc.client.call.duration harness.peer.Peer/Missing UNIMPLEMENTED");
    }

    [Fact]
    public async Task ServerMetrics_OfUnknownMethods_ShareOneName()
    {
        var measured = new ConcurrentQueue<string>();
        await using var host = await GrpcHost.StartAsync();
        using var listener = Listen(measured, host.Meters);
        using var channel = GrpcChannel.ForAddress(host.Address);
        var client = new Peer.PeerClient(channel);

        await client.EchoAsync(new Note());
        await Assert.ThrowsAsync<RpcException>(() => client.WithHost("elsewhere").MissingAsync(new Note()).ResponseAsync);
        await host.StopAsync();

        Assert.Single(measured, "grpc.server.call.duration harness.peer.Peer/Echo OK");
        Assert.Single(measured, "grpc.server.call.active=-1 harness.peer.Peer/Echo");
        Assert.Single(measured, line => line.StartsWith("grpc.server.call.duration", StringComparison.Ordinal) && !line.Contains("Echo"));
    }

    [Fact]
    public async Task Activities_OfBothSides_AreOneTrace()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Grpc.Net.Client" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await GrpcHost.StartAsync();
        using var channel = GrpcChannel.ForAddress(host.Address);
        using var own = new Activity("test").Start();

        await Assert.ThrowsAsync<RpcException>(() => new Peer.PeerClient(channel).EchoAsync(new Note { Text = "fail" }).ResponseAsync);
        Assert.Same(own, Activity.Current);
        await host.StopAsync();

        var mine = ended.Where(activity => activity.TraceId == own.TraceId).ToList();
        var client = mine.Single(activity => activity.OperationName == "Grpc.Net.Client.GrpcOut");
        var server = mine.Single(activity => activity.OperationName == "Microsoft.AspNetCore.Hosting.HttpRequestIn");
        Assert.All([client, server], activity => Assert.Equal("/harness.peer.Peer/Echo", activity.GetTagItem("grpc.method")));
        Assert.All([client, server], activity => Assert.Equal("10", activity.GetTagItem("grpc.status_code")));
        Assert.Equal(ActivityStatusCode.Error, client.Status);
        Assert.Equal(own.SpanId, client.ParentSpanId);
    }

    private static MeterListener Listen(ConcurrentQueue<string> measured, string target) => Listen(
        measured, instrument => instrument.Meter.Name == "Grpc.Net.Client", tags => tags.Contains(new("grpc.target", target)));

    private static MeterListener Listen(ConcurrentQueue<string> measured, IMeterFactory meters) => Listen(
        measured, instrument => instrument.Meter.Name == "Grpc.AspNetCore.Server" && ReferenceEquals(instrument.Meter.Scope, meters), _ => true);

    private static MeterListener Listen(
        ConcurrentQueue<string> measured, Func<Instrument, bool> isWanted, Func<KeyValuePair<string, object?>[], bool> isMine)
    {
        var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (isWanted(instrument))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note($"{instrument.Name}={value}", tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument.Name, tags));
        listener.Start();
        return listener;

        void Note(string what, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var all = tags.ToArray();
            if (isMine(all))
            {
                measured.Enqueue(string.Join(' ', [what, .. all.Where(tag => tag.Key != "grpc.target").Select(tag => tag.Value)]));
            }
        }
    }
}
