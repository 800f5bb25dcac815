using Grpc.Core;
using Harness.Agent.Contract.V0;
using Harness.Agent.Tests.Support;
using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Agent.Tests.Wire;

/// <summary>Launch and Terminate through the real wire and real processes, by the numbers of the conformance cases.</summary>
public sealed class LaunchWireTests : IAsyncLifetime
{
    private AgentUnderTest _agent = null!;

    private AgentClient Client => _agent.Client;

    public async Task InitializeAsync() => _agent = await AgentUnderTest.StartAsync();

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    [Fact]
    [Trait("Clause", "S-02")]
    public async Task C07_CheckBeforeLaunch_Pending()
    {
        var status = await Client.CheckAsync();

        Assert.Equal("Pending", status.Phase);
        Assert.Empty(status.ContainerStatuses);
    }

    [Fact]
    [Trait("Clause", "L-02")]
    [Trait("Clause", "L-03")]
    [Trait("Clause", "L-04")]
    public async Task C10_C11_C12_BadLaunches_InvalidArgument()
    {
        var before = await Client.CheckAsync();
        var noUid = TestPod.Script("u", "true");
        noUid.Metadata.ClearUid();
        var noName = TestPod.Script("u", "true");
        noName.Metadata.ClearName();

        foreach (var pod in new[] { null, new Pod(), noUid, noName, TestPod.Of("u") })
        {
            Assert.Equal(StatusCode.InvalidArgument, await Client.TryLaunchAsync(pod));
        }

        Assert.Equal(before, await Client.CheckAsync());
    }

    [Fact]
    [Trait("Clause", "V-01")]
    [Trait("Clause", "L-01")]
    [Trait("Clause", "S-03")]
    [Trait("Clause", "S-05")]
    public async Task C08_C09_C13_C16_Launch_RunsAsAProcessOfTheAgent()
    {
        var watch = Client.WatchUntilAsync(status => status.Phase == "Running");
        await Client.LaunchAsync(TestPod.WithAdmission(TestPod.Script("c13", TestPod.LongRunning)));
        var seen = await watch;

        Assert.Equal("Pending", seen[0].Phase);
        var status = seen[^1];
        var container = Assert.Single(status.ContainerStatuses);
        Assert.NotNull(container.State.Running.StartedAt);
        Assert.True(container.Ready && container.Started);
        Assert.Equal(("main", "example/image:1"), (container.Name, container.Image));
        Assert.StartsWith("process://", container.ContainerID, StringComparison.Ordinal);
        Assert.Equal(
            ["ContainersReady", "Initialized", "PodScheduled", "Ready"],
            status.Conditions.Where(condition => condition.Status == "True").Select(condition => condition.Type).Order());
    }

    [Fact]
    public async Task C13_Workload_HasItsOwnSessionEnvironmentAndDescriptors()
    {
        Environment.SetEnvironmentVariable("AGENT_SECRET", "not for workloads");
        var pod = TestPod.Script("proc", "echo up; exec sleep 1000");
        pod.Spec.Containers[0].Env.Add(new EnvVar { Name = "GREETING", Value = "héllo \"quoted\"\nsecond line" });
        await Client.LaunchAsync(pod);
        await Client.WaitForLogAsync("main", "up");

        var pid = Assert.Single(Processes.OfPod("proc"));

        var (shim, group, session) = Processes.Relations(pid);
        Assert.Equal((pid, pid), (group, session));
        Assert.Equal((Environment.ProcessId, shim, shim), Processes.Relations(shim));
        Assert.Equal(["0", "1", "2"], Processes.Descriptors(pid));
        var environment = Processes.Environment(pid);
        Assert.Contains("GREETING=héllo \"quoted\"\nsecond line", environment);
        Assert.Contains("VKVM_POD_NAME=pod-proc", environment);
        Assert.Contains("VKVM_POD_NAMESPACE=default", environment);
        Assert.Contains("VKVM_CONTAINER_NAME=main", environment);
        Assert.Contains("HOSTNAME=pod-proc", environment);
        Assert.DoesNotContain(environment, variable => variable.StartsWith("AGENT_SECRET", StringComparison.Ordinal));
        Assert.Contains(environment, variable => variable.StartsWith("HOME=" + _agent.StateDirectory, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Clause", "L-05")]
    public async Task C17_LaunchTenTimes_OneApplication()
    {
        await Client.LaunchAsync(TestPod.Script("c17", "echo up; exec sleep 1000"));
        await Client.WaitForLogAsync("main", "up");
        var startedAt = (await Client.CheckAsync()).ContainerStatuses[0].State.Running.StartedAt;
        for (var round = 0; round < 9; round++)
        {
            await Client.LaunchAsync(TestPod.Script("c17", "exec sleep 1000"));
        }

        Assert.Single(Processes.OfPod("c17"));
        Assert.Equal(startedAt, (await Client.CheckAsync()).ContainerStatuses[0].State.Running.StartedAt);
    }

    [Fact]
    [Trait("Clause", "L-06")]
    public async Task C18_LaunchTenTimesAtOnce_OneApplication()
    {
        var launches = Enumerable.Range(0, 10).Select(_ => Client.TryLaunchAsync(TestPod.Script("c18", "echo up; exec sleep 1000")));

        Assert.All(await Task.WhenAll(launches), code => Assert.Equal(StatusCode.OK, code));
        await Client.WaitForLogAsync("main", "up");
        Assert.Single(Processes.OfPod("c18"));
    }

    [Fact]
    [Trait("Clause", "L-07")]
    public async Task C19_LaunchOfAnotherUid_AlreadyExists()
    {
        await Client.LaunchAsync(TestPod.Script("c19", TestPod.LongRunning));
        var before = await Client.WaitForPhaseAsync("Running");

        Assert.Equal(StatusCode.AlreadyExists, await Client.TryLaunchAsync(TestPod.Script("other", "true")));

        Assert.Equal(before, await Client.CheckAsync());
        Assert.Empty(Processes.OfPod("other"));
    }

    [Fact]
    [Trait("Clause", "T-01")]
    [Trait("Clause", "T-02")]
    [Trait("Clause", "T-04")]
    public async Task C20_C21_C23_Terminate_EndsTheWholeGroup()
    {
        await Client.LaunchAsync(TestPod.Script("c20", "sleep 1000 & echo up; wait"));
        await Client.WaitForLogAsync("main", "up");
        Assert.Equal(2, Processes.OfPod("c20").Count);
        for (var round = 0; round < 10; round++)
        {
            await Client.TerminateAsync();
        }

        var ended = (await Client.WaitForPhaseAsync("Failed")).ContainerStatuses[0];

        Assert.Empty(Processes.OfPod("c20"));
        Assert.Equal((143, 15), (ended.State.Terminated.ExitCode, ended.State.Terminated.Signal));
        Assert.True(ended.State.Terminated.FinishedAt.Seconds >= ended.State.Terminated.StartedAt.Seconds);
        Assert.False(ended.Ready);
    }

    [Fact]
    [Trait("Clause", "T-03")]
    public async Task C22_TerminateBeforeLaunch_Ok()
    {
        await Client.TerminateAsync();

        Assert.Equal("Pending", (await Client.CheckAsync()).Phase);
    }

    [Fact]
    [Trait("Clause", "L-08")]
    public async Task C31_LaunchOfAnEndedUid_OkAndNothingStarts()
    {
        await Client.LaunchAsync(TestPod.Script("c31", "exit 0", "Never"));
        var ended = await Client.WaitForPhaseAsync("Succeeded");

        await Client.LaunchAsync(TestPod.Script("c31", "exit 0", "Never"));

        Assert.Equal(ended, await Client.CheckAsync());
    }

    [Fact]
    [Trait("Clause", "L-11")]
    public async Task E01_Relaunch_AfterATerminalPhase()
    {
        await Client.LaunchAsync(TestPod.Script("first", "exit 0", "Never"));
        await Client.WaitForPhaseAsync("Succeeded");

        await Client.LaunchAsync(TestPod.Script("second", "echo up; exec sleep 1000"));

        await Client.WaitForLogAsync("main", "up");
        Assert.Single(Processes.OfPod("second"));
        Assert.Equal(0, (await Client.WaitForPhaseAsync("Running")).ContainerStatuses[0].RestartCount);
    }

    [Fact]
    [Trait("Clause", "T-06")]
    public async Task E02_IgnoresSigterm_KilledAfterTheOverriddenGrace()
    {
        await Client.LaunchAsync(TestPod.Script("e02", "trap '' TERM; echo up; while :; do sleep 1; done"));
        await Client.WaitForLogAsync("main", "up");

        await Client.TerminateAsync(graceSeconds: 1);

        Assert.Equal(137, (await Client.WaitForPhaseAsync("Failed")).ContainerStatuses[0].State.Terminated.ExitCode);
        Assert.Empty(Processes.OfPod("e02"));
    }

    [Fact]
    [Trait("Clause", "T-06")]
    public async Task Terminate_GraceThatIsNoNumber_InvalidArgument()
    {
        var headers = new Metadata { { "vkvm-grace-period-seconds", "soon" } };

        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await Client.Lifecycle.TerminateApplicationAsync(new TerminateApplicationRequest(), headers));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
    }

    [Fact]
    [Trait("Clause", "P-06")]
    public async Task E08_EnvOf32KiB_ByteExact()
    {
        var value = string.Concat(Enumerable.Repeat("0123456789abcdef", 2048));
        var pod = TestPod.Script("e08", "printf '%s' \"$BIG\"; exit 0", "Never");
        pod.Spec.Containers[0].Env.Add(new EnvVar { Name = "BIG", Value = value });

        await Client.LaunchAsync(pod);
        await Client.WaitForPhaseAsync("Succeeded");

        Assert.Equal(value, await Client.ReadLogsAsync(new() { Container = "main" }));
    }

    [Fact]
    [Trait("Clause", "S-10")]
    public async Task R07_WorkloadKilledFromOutside_Reported()
    {
        var pod = TestPod.Script("r07", "echo up; kill -9 $$$$", "Never");

        await Client.LaunchAsync(pod);

        var ended = (await Client.WaitForPhaseAsync("Failed")).ContainerStatuses[0].State.Terminated;
        Assert.Equal((137, "Error"), (ended.ExitCode, ended.Reason));
    }

    [Fact]
    public async Task Launch_ProgramMissing_SaysSo()
    {
        var pod = TestPod.Of("missing", new Container { Name = "main", Image = "file:/no/such/program" });
        pod.Spec.RestartPolicy = "Never";

        await Client.LaunchAsync(pod);

        var ended = (await Client.WaitForPhaseAsync("Failed")).ContainerStatuses[0].State.Terminated;
        Assert.Equal((127, "ContainerCannotRun"), (ended.ExitCode, ended.Reason));
        Assert.Contains("/no/such/program", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Clause", "P-03")]
    public async Task Launch_InitThenMain_InOrder()
    {
        var folder = Path.Combine(_agent.StateDirectory, "shared");
        Directory.CreateDirectory(folder);
        var pod = TestPod.Script("init", $"cat {folder}/made", "Never");
        pod.Spec.InitContainers.Add(TestPod.Container("init", $"echo from-init > {folder}/made"));

        await Client.LaunchAsync(pod);
        var status = await Client.WaitForPhaseAsync("Succeeded");

        Assert.Equal("from-init\n", await Client.ReadLogsAsync(new() { Container = "main" }));
        Assert.Equal("Completed", Assert.Single(status.InitContainerStatuses).State.Terminated.Reason);
    }

    [SkippableFact]
    public async Task Launch_RunAsUser_TheProcessHasThatUser()
    {
        Skip.If(Environment.UserName != "root", "Only root can choose another user.");
        var pod = TestPod.Script("user", "id -u; id -g; touch mine && echo wrote", "Never");
        pod.Spec.Containers[0].SecurityContext = new SecurityContext { RunAsUser = 65534, RunAsGroup = 65533, AllowPrivilegeEscalation = false };

        await Client.LaunchAsync(pod);
        await Client.WaitForPhaseAsync("Succeeded");

        Assert.Equal("65534\n65533\nwrote\n", await Client.ReadLogsAsync(new() { Container = "main" }));
    }

    [Fact]
    [Trait("Clause", "P-10")]
    public async Task E12_PreStop_RunsBeforeSigtermAndEndsWithItsContainer()
    {
        var pod = TestPod.Script("e12", "trap 'cat said; exit 0' TERM; echo up; while :; do sleep 0.1; done", "Never");
        pod.Spec.Containers[0].Lifecycle = new Lifecycle
        {
            PreStop = new LifecycleHandler { Exec = new ExecAction { Command = { "sh", "-c", "echo goodbye > said" } } },
        };
        await Client.LaunchAsync(pod);
        await Client.WaitForLogAsync("main", "up");

        await Client.TerminateAsync();

        await Client.WaitForPhaseAsync("Succeeded");
        Assert.Contains("goodbye", await Client.ReadLogsAsync(new() { Container = "main" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task E12_EndlessPreStop_IsKilledWithItsContainer()
    {
        var pod = TestPod.Script("e12b", "echo up; exec sleep 1000", "Never");
        pod.Spec.Containers[0].Lifecycle = new Lifecycle
        {
            PreStop = new LifecycleHandler { Exec = new ExecAction { Command = { "sleep", "1000" } } },
        };
        await Client.LaunchAsync(pod);
        await Client.WaitForLogAsync("main", "up");

        await Client.TerminateAsync(graceSeconds: 1);

        Assert.Equal(137, (await Client.WaitForPhaseAsync("Failed")).ContainerStatuses[0].State.Terminated.ExitCode);
        foreach (var pid in Processes.OfPod("e12b"))
        {
            await Processes.WaitGoneAsync(pid);
        }
    }

    [Fact]
    [Trait("Clause", "P-05")]
    public async Task E07_ExecReadiness_TurnsReady()
    {
        var pod = TestPod.Script("ready", "exec sleep 1000");
        pod.Spec.Containers[0].ReadinessProbe = new Probe
        {
            Handler = new ProbeHandler { Exec = new ExecAction { Command = { "test", "-e", "ready" } } }, PeriodSeconds = 1, TimeoutSeconds = 30,
        };
        await Client.LaunchAsync(pod);

        await Client.WatchUntilAsync(status => status.ContainerStatuses.Any(container => container is { Started: true, Ready: false }));

        File.WriteAllText(Path.Combine(_agent.StateDirectory, "pods", TestPod.Uid("ready"), "main", "ready"), "");

        await Client.WatchUntilAsync(status => status.ContainerStatuses.Any(container => container.Ready));
    }
}
