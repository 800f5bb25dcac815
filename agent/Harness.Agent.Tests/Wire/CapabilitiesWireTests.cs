using Grpc.Core;
using Harness.Agent.Contract.V1;
using Harness.Agent.Tests.Support;

namespace Harness.Agent.Tests.Wire;

/// <summary>vkvmagent.v1.Capabilities through the real wire, and the rules that all optional services keep.</summary>
public sealed class CapabilitiesWireTests : IAsyncLifetime
{
    private AgentUnderTest _agent = null!;

    public async Task InitializeAsync() => _agent = await AgentUnderTest.StartAsync();

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    [Fact]
    [Trait("Clause", "F-01")]
    public async Task GetCapabilities_SameForARunAndAnotherRunIdForTheNext()
    {
        await using var next = await AgentUnderTest.StartAsync();

        var first = await AskAsync(_agent);

        Assert.Equal(first, await AskAsync(_agent));
        var other = await AskAsync(next);
        Assert.NotEqual(first.RunId, other.RunId);
        other.RunId = first.RunId;
        Assert.Equal(first, other);
        Assert.Equal("vkvm-agent", first.Implementation.Name);
    }

    [Fact]
    [Trait("Clause", "F-02")]
    public async Task GetCapabilities_Features_AreNamesOfTheContract()
    {
        var contract = File.ReadAllText(Path.Combine(Harness.Testing.CheckoutFolder.Root, "agent", "CONTRACT.md"));

        var features = (await AskAsync(_agent)).Features;

        Assert.NotEmpty(features);
        Assert.Equal(features.Distinct(), features);
        Assert.All(features, feature => Assert.Contains($" {feature}", contract, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Clause", "F-03")]
    public async Task GetCapabilities_Timings_AreNotAboveTheMaxima()
    {
        var timings = (await AskAsync(_agent)).Timings;

        Assert.InRange(timings.FirstMessage.ToTimeSpan(), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(timings.Change.ToTimeSpan(), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    [Trait("Clause", "F-03")]
    public async Task GetCapabilities_MaxSessions_IsTheLimit()
    {
        await _agent.Client.LaunchAsync(TestPod.Script("limit", TestPod.LongRunning));
        await _agent.Client.WaitForPhaseAsync("Running");
        var sessions = new List<ExecSession>();
        for (var open = 0; open < (await AskAsync(_agent)).Limits.MaxSessions; open++)
        {
            sessions.Add(await ExecSession.ScriptAsync(_agent.Channel, "sleep 1000"));
            await sessions[^1].ReadUntilAsync(session => session.Started is not null);
        }

        using var tooMany = await ExecSession.ScriptAsync(_agent.Channel, "true");
        var refusal = await Assert.ThrowsAsync<RpcException>(tooMany.ReadToEndAsync);

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
        sessions.ForEach(session => session.Dispose());
    }

    [Fact]
    [Trait("Clause", "F-04")]
    public async Task GetCapabilities_Services_AreThoseThatAreServed()
    {
        var services = (await AskAsync(_agent)).Services;

        Assert.Contains("vkvmagent.v0.ApplicationLifecycle", services);
        Assert.Contains("grpc.health.v1.Health", services);
        string[] known =
        [
            .. Contract.V1.CapabilitiesReflection.Descriptor.Services.Concat(PodInputsReflection.Descriptor.Services)
                .Concat(LogsReflection.Descriptor.Services).Concat(ExecReflection.Descriptor.Services)
                .Concat(PortForwardReflection.Descriptor.Services).Concat(StatsReflection.Descriptor.Services)
                .Concat(NodeNoticesReflection.Descriptor.Services).Concat(CertificateRotationReflection.Descriptor.Services)
                .Concat(StateSimulationReflection.Descriptor.Services).Select(service => service.FullName),
        ];
        foreach (var service in known)
        {
            Assert.Equal(services.Contains(service), await IsServedAsync(service));
        }
    }

    [Fact]
    [Trait("Clause", "Z-01")]
    public async Task GetCapabilities_AgentWithRealWorkloads_HasNoStateSimulation() =>
        Assert.DoesNotContain("vkvmagent.v1.StateSimulation", (await AskAsync(_agent)).Services);

    [Fact]
    [Trait("Clause", "F-05")]
    public async Task OptionalServices_AnotherPod_NotFound()
    {
        await _agent.Client.LaunchAsync(TestPod.Script("mine", TestPod.LongRunning));
        await _agent.Client.WaitForPhaseAsync("Running");
        var uid = TestPod.Uid("mine");

        Assert.Equal("", await _agent.Client.ReadLogsAsync(new ReadLogsRequest { Container = "main", PodUid = uid }));
        Assert.Equal(uid, (await StatsAsync(uid)).Pod.Uid);
        var logs = await Assert.ThrowsAsync<RpcException>(
            async () => await _agent.Client.ReadLogsAsync(new ReadLogsRequest { Container = "main", PodUid = "other" }));
        var stats = await Assert.ThrowsAsync<RpcException>(() => StatsAsync("other"));
        Assert.Equal((StatusCode.NotFound, StatusCode.NotFound), (logs.StatusCode, stats.StatusCode));
    }

    private static async Task<GetCapabilitiesResponse> AskAsync(AgentUnderTest agent) =>
        await new Capabilities.CapabilitiesClient(agent.Channel).GetCapabilitiesAsync(new GetCapabilitiesRequest());

    private async Task<GetStatsResponse> StatsAsync(string podUid) =>
        await new Stats.StatsClient(_agent.Channel).GetStatsAsync(new GetStatsRequest { PodUid = podUid });

    /// <summary>Any method of a service that is served is not UNIMPLEMENTED, even with a body that says nothing.</summary>
    private async Task<bool> IsServedAsync(string service)
    {
        var method = service[(service.LastIndexOf('.') + 1)..] switch
        {
            "Capabilities" => "GetCapabilities",
            "PodInputs" => "ListVolumes",
            "Logs" => "ReadLogs",
            "Exec" => "RunCommand",
            "Attach" => "AttachContainer",
            "PortForward" => "ForwardPort",
            "Stats" => "GetStats",
            "NodeNotices" => "WatchNotices",
            "CertificateRotation" => "RotateCertificate",
            _ => "ChangeContainers",
        };
        var marshaller = Marshallers.Create(_ => Array.Empty<byte>(), bytes => bytes);
        var call = new Method<byte[], byte[]>(MethodType.Unary, service, method, marshaller, marshaller);
        try
        {
            await _agent.Channel.CreateCallInvoker().AsyncUnaryCall(call, null, new CallOptions(deadline: DateTime.MaxValue), []);
            return true;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode != StatusCode.Unimplemented;
        }
    }
}
