using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Harness.Agent.Contract.V0;
using Harness.Agent.Tests.Support;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Testing;

namespace Harness.Agent.Tests.Wire;

/// <summary>Clauses of the core that callers who are unlike ours put to the test: newer, slow, gone, many, or with a full disk.</summary>
public sealed class CoreContractWireTests : IAsyncLifetime
{
    private const int UnknownField = 1999;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private AgentUnderTest _agent = null!;

    private AgentClient Client => _agent.Client;

    public async Task InitializeAsync() => _agent = await AgentUnderTest.StartAsync();

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    [Fact]
    [Trait("Clause", "W-03")]
    public async Task E16_UnknownFieldsAtEachLevel_Ok()
    {
        var pod = TestPod.Script("unknown", TestPod.LongRunning);
        pod.Metadata.MergeFrom(Unknown);
        pod.Spec.Containers[0].MergeFrom(Unknown);
        pod.Spec.MergeFrom(Unknown);
        pod.MergeFrom(Unknown);
        var request = new LaunchApplicationRequest { Pod = pod };
        request.MergeFrom(Unknown);

        await Client.Lifecycle.LaunchApplicationAsync(request);

        await Client.WaitForPhaseAsync("Running");
    }

    [Fact]
    [Trait("Clause", "W-04")]
    public async Task P01_RequestsUpToTheLimit_TakenAndAboveRefused()
    {
        const int LimitBytes = 4 * 1024 * 1024;
        var pod = TestPod.Script("large", TestPod.LongRunning);
        pod.Metadata.Annotations["large"] = new string('x', 1_500_000);
        await Client.LaunchAsync(pod);
        await Client.WaitForPhaseAsync("Running");

        var exact = new LaunchApplicationRequest { Pod = pod };
        pod.Metadata.Annotations["large"] += new string('x', LimitBytes - exact.CalculateSize());
        pod.Metadata.Annotations["large"] = pod.Metadata.Annotations["large"][..^(exact.CalculateSize() - LimitBytes)];
        Assert.Equal(LimitBytes, exact.CalculateSize());
        Assert.Equal(StatusCode.OK, await Client.TryLaunchAsync(pod));
        pod.Metadata.Annotations["large"] += "x";

        Assert.Equal(StatusCode.ResourceExhausted, await Client.TryLaunchAsync(pod));
    }

    [Fact]
    [Trait("Clause", "R-01")]
    [Trait("Clause", "W-06")]
    public async Task R01_DeadlineOfAMillisecond_TheRepetitionLeavesOneApplication()
    {
        var pod = TestPod.Script("deadline", TestPod.LongRunning);
        for (var round = 0; round < 20; round++)
        {
            using var call = Client.Lifecycle.LaunchApplicationAsync(
                new LaunchApplicationRequest { Pod = pod }, deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(1));
            var failure = await Record.ExceptionAsync(async () => await call);
            Assert.True(failure is null or RpcException { StatusCode: StatusCode.DeadlineExceeded or StatusCode.Cancelled }, failure?.ToString());
        }

        await Client.LaunchAsync(pod);

        await Client.WaitForPhaseAsync("Running");
        Assert.Equal(0, (await Client.CheckAsync()).ContainerStatuses[0].RestartCount);
    }

    [Fact]
    [Trait("Clause", "L-12")]
    [Trait("Clause", "R-05")]
    [Trait("Clause", "H-07")]
    public async Task R12_StateThatCannotBeWritten_RefusedUntilItCan()
    {
        var pods = Path.Combine(_agent.StateDirectory, "pods");
        Directory.Delete(pods);
        File.WriteAllText(pods, "in the way");

        Assert.Equal(StatusCode.ResourceExhausted, await Client.TryLaunchAsync(TestPod.Script("full", TestPod.LongRunning)));
        Assert.Equal("Pending", (await Client.CheckAsync()).Phase);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await Client.Health.CheckAsync(new HealthCheckRequest())).Status);
        File.Delete(pods);
        Directory.CreateDirectory(pods);

        await Client.LaunchAsync(TestPod.Script("full", TestPod.LongRunning));
        await Client.WaitForPhaseAsync("Running");
    }

    [Fact]
    [Trait("Clause", "L-13")]
    public async Task Launch_AddressesOfTheCaller_AreTheDownwardApis()
    {
        var pod = TestPod.Script("addresses", "echo \"$POD $HOST\"; exit 0", "Never");
        pod.Status.PodIP = "127.9.8.7";
        pod.Status.HostIP = "127.9.8.6";
        pod.Spec.Containers[0].Env.Add(FromField("POD", "status.podIP"));
        pod.Spec.Containers[0].Env.Add(FromField("HOST", "status.hostIP"));

        await Client.LaunchAsync(pod);
        await Client.WaitForPhaseAsync("Succeeded");

        Assert.Equal("127.9.8.7 127.9.8.6\n", await Client.ReadLogsAsync(new() { Container = "main" }));
    }

    [Fact]
    [Trait("Clause", "T-05")]
    public async Task R08_LaunchAgainstTerminate_NothingOrphaned()
    {
        for (var round = 0; round < 20; round++)
        {
            var launch = Client.LaunchAsync(TestPod.Script($"race-{round}", TestPod.LongRunning));
            await Task.WhenAll(launch, Client.TerminateAsync(graceSeconds: 0));
            await Client.TerminateAsync(graceSeconds: 0);
            await Client.WaitForEndAsync();

            Assert.Empty(Processes.OfPod($"race-{round}"));
        }
    }

    [Fact]
    [Trait("Clause", "S-11")]
    public async Task Check_WhileAHookHangs_AnswersAtOnce()
    {
        var pod = TestPod.Script("hangs", TestPod.LongRunning);
        pod.Spec.Containers[0].Lifecycle = new Lifecycle
        {
            PostStart = new LifecycleHandler { Exec = new ExecAction { Command = { "/bin/sleep", "1000" } } },
        };
        await Client.LaunchAsync(pod);

        for (var round = 0; round < 50; round++)
        {
            using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
            await Client.Lifecycle.CheckApplicationHealthAsync(new ApplicationHealthRequest(), cancellationToken: limit.Token);
        }
    }

    [Fact]
    [Trait("Clause", "V-04")]
    [Trait("Clause", "V-05")]
    public async Task C29_QuietWatch_StaysOpenAndSaysNothing()
    {
        await Client.LaunchAsync(TestPod.Script("quiet", TestPod.LongRunning));
        await Client.WaitForPhaseAsync("Running");
        using var call = Client.Lifecycle.WatchApplicationHealth(new ApplicationHealthRequest());
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        var next = call.ResponseStream.MoveNext(CancellationToken.None);
        await Task.WhenAny(next, Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System));
        Assert.False(next.IsCompleted);
        await Client.TerminateAsync(graceSeconds: 0);
        for (var phase = ""; phase != "Failed";)
        {
            Assert.True(await next);
            phase = call.ResponseStream.Current.PodStatus.Phase;
            next = call.ResponseStream.MoveNext(CancellationToken.None);
        }

        await Client.LaunchAsync(TestPod.Script("quiet-next", TestPod.LongRunning));
        Assert.True(await next);
    }

    [Fact]
    [Trait("Clause", "V-07")]
    [Trait("Clause", "V-08")]
    public async Task R09_WatchersThatDoNotReadOrGo_HarmNoOther()
    {
        using var slow = Client.Lifecycle.WatchApplicationHealth(new ApplicationHealthRequest());
        for (var round = 0; round < 60; round++)
        {
            using (var gone = Client.Lifecycle.WatchApplicationHealth(new ApplicationHealthRequest()))
            {
                Assert.True(await gone.ResponseStream.MoveNext(CancellationToken.None));
            }

            await Client.LaunchAsync(TestPod.Script($"slow-{round}", "exit 3", "Never"));
            await Client.WaitForPhaseAsync("Failed");
        }

        await Client.LaunchAsync(TestPod.Script("slow-last", "exit 9", "Never"));
        await Client.WaitForPhaseAsync("Failed");
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        do
        {
            Assert.True(await slow.ResponseStream.MoveNext(limit.Token));
        }
        while (slow.ResponseStream.Current.PodStatus.ContainerStatuses is not [{ State.Terminated.ExitCode: 9 }]);
    }

    [Fact]
    [Trait("Clause", "R-06")]
    [Trait("Clause", "W-05")]
    public async Task R11_ManyConnections_LeaveNothingBehind()
    {
        await CheckOverNewConnectionsAsync(10);
        var before = Processes.Descriptors(Environment.ProcessId).Length;

        await CheckOverNewConnectionsAsync(1000);

        await Eventually.TrueAsync(
            () => Processes.Descriptors(Environment.ProcessId).Length <= before + 10, "the descriptors of connections that are over to be closed");
    }

    private static EnvVar FromField(string name, string path) =>
        new() { Name = name, ValueFrom = new EnvVarSource { FieldRef = new ObjectFieldSelector { FieldPath = path } } };

    /// <summary>A message with one field that no version of the contract has.</summary>
    private static byte[] UnknownBytes
    {
        get
        {
            using var bytes = new MemoryStream();
            using (var output = new CodedOutputStream(bytes, leaveOpen: true))
            {
                output.WriteTag(UnknownField, WireFormat.WireType.LengthDelimited);
                output.WriteString("from the future");
            }

            return bytes.ToArray();
        }
    }

    private static CodedInputStream Unknown => new(UnknownBytes);

    private async Task CheckOverNewConnectionsAsync(int count)
    {
        for (var round = 0; round < count; round++)
        {
            using var channel = GrpcChannel.ForAddress(_agent.Server.Addresses.First());
            await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest());
        }
    }
}
