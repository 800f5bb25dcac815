using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Provider.Agents;
using Harness.Provider.Configuration;
using Harness.Provider.Lifecycle;
using Harness.Provider.Metrics;
using Harness.Provider.Runtime;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Provider.Tests.Runtime;

/// <summary>The effects on agents, over the real wire, against an agent of the old kind.</summary>
public sealed class AgentEffectsTests : IAsyncLifetime, IDisposable
{
    private const string Id = "i-1";
    private const string Address = "127.0.0.1";
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(60);

    private readonly Meter _meter = new(nameof(AgentEffectsTests));
    private AgentDouble _agent = null!;
    private AgentEffects _effects = null!;
    private PodWorker _worker = null!;

    public async Task InitializeAsync()
    {
        _agent = await AgentDouble.StartAsync();
        var metrics = new ProviderMetrics(_meter);
        var connector = new AgentConnector(new AgentConfiguration { Port = _agent.Port }, TimeProvider.System);
        _effects = new AgentEffects(connector, new AgentFollower(metrics), "127.0.0.9", metrics);
        _worker = new PodWorker("uid", new NoEffects(), new PodPolicy(), TimeProvider.System, NullLogger.Instance);
        _worker.Observe(new Pod { Metadata = new ObjectMeta { Uid = "uid", Namespace = "default", Name = "web" } });
    }

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    public void Dispose() => _meter.Dispose();

    [Fact]
    public async Task Launch_PodCarriesItsAddresses()
    {
        Assert.IsType<PodEvent.AgentReached>(await DialAsync());
        Assert.IsType<PodEvent.ApplicationLaunched>(await _effects.LaunchAsync(_worker, new PodEffect.LaunchApplication(Id, Address), default));
        var pod = Assert.Single(_agent.Launched);
        Assert.Equal((Address, "127.0.0.9"), (pod.Status.PodIP, pod.Status.HostIP));
        Assert.Equal("uid", pod.Metadata.Uid);
    }

    [Theory]
    [InlineData(StatusCode.Unknown)]
    [InlineData(StatusCode.NotFound)]
    [InlineData(StatusCode.FailedPrecondition)]
    public async Task Dial_AgentThatKnowsNoApplicationYet_IsReached(StatusCode answer)
    {
        _agent.CheckAnswer = answer;
        Assert.IsType<PodEvent.AgentReached>(await DialAsync());
    }

    [Theory]
    [InlineData(StatusCode.InvalidArgument, AgentRefusal.Rejected)]
    [InlineData(StatusCode.AlreadyExists, AgentRefusal.AlreadyLaunched)]
    [InlineData(StatusCode.Unavailable, AgentRefusal.Unreachable)]
    [InlineData(StatusCode.Internal, AgentRefusal.Retry)]
    public async Task Launch_Refused_IsSorted(StatusCode answer, object expected)
    {
        await DialAsync();
        _agent.LaunchAnswer = answer;
        var refused = Assert.IsType<PodEvent.ApplicationNotLaunched>(await _effects.LaunchAsync(_worker, new PodEffect.LaunchApplication(Id, Address), default));
        Assert.Equal((AgentRefusal)expected, refused.Refusal);
    }

    [Fact]
    public async Task Check_OldAgent_SameReportThoughStartedAtChanges()
    {
        await DialAsync();
        var first = Assert.IsType<PodEvent.ApplicationReported>(await _effects.CheckAsync(Id, default));
        var second = Assert.IsType<PodEvent.ApplicationReported>(await _effects.CheckAsync(Id, default));
        Assert.Equal(first.Report, second.Report);
        Assert.NotEqual(first.Report.Status, second.Report.Status);
    }

    [Fact]
    public async Task Terminate_SendsTheGrace()
    {
        await DialAsync();
        Assert.IsType<PodEvent.TerminationAccepted>(await _effects.TerminateAsync(new PodEffect.TerminateApplication(Id, TimeSpan.FromSeconds(7)), default));
        Assert.Equal("7", Assert.Single(_agent.GraceSeconds));
    }

    [Fact]
    public async Task Watch_Closed_TheAgentSeesItAndNothingIsLeft()
    {
        await DialAsync();
        Assert.Null(_effects.Watch(_worker, Id));
        await _agent.WatchOpened.Task.WaitAsync(SafetyNet);
        await _effects.CloseAsync(Id);
        await _agent.WatchClosed.Task.WaitAsync(SafetyNet);
        Assert.Equal(0, _effects.OpenConnections);
    }

    [Fact]
    public async Task Dial_NobodyListens_IsUnreachable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var metrics = new ProviderMetrics(_meter);
        var effects = new AgentEffects(
            new AgentConnector(new AgentConfiguration { Port = port }, TimeProvider.System), new AgentFollower(metrics), "127.0.0.9", metrics);
        Assert.IsType<PodEvent.AgentUnreachable>(await effects.DialAsync(_worker, new PodEffect.DialAgent(Id, Address, Eager: true), default));
        Assert.Equal(0, effects.OpenConnections);
    }

    private Task<PodEvent> DialAsync() => _effects.DialAsync(_worker, new PodEffect.DialAgent(Id, Address, Eager: false), default);

    private sealed class NoEffects : IPodEffects
    {
        public Task<PodEvent?> PerformAsync(PodWorker worker, PodEffect effect, CancellationToken cancellationToken) => Task.FromResult<PodEvent?>(null);

        public Task ForgetAsync(PodWorker worker) => Task.CompletedTask;
    }
}
