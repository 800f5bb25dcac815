using Grpc.Core;
using Grpc.Health.V1;
using Harness.Agent.Contract.V0;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Testing;

namespace Harness.Agent.Contract.Tests.Samples;

/// <summary>The samples for authors keep the core of the contract that they are to teach, over the real wire.</summary>
public sealed class SampleAgentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Languages => [.. SampleAgents.Languages];

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task Sample_Health_AsTheContractHasIt(string language)
    {
        await using var sample = await StartAsync(language);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90), TimeProvider.System);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await sample.Health.CheckAsync(new HealthCheckRequest())).Status);
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await sample.Health.CheckAsync(new HealthCheckRequest { Service = "no.such" }));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
        using var watch = sample.Health.Watch(new HealthCheckRequest { Service = "no.such" }, cancellationToken: limit.Token);
        Assert.True(await watch.ResponseStream.MoveNext(limit.Token));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.ServiceUnknown, watch.ResponseStream.Current.Status);
        Assert.Equal("Pending", (await sample.CheckAsync()).Phase);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task Sample_ShortRun_EachPhaseAndItsEnd(string language)
    {
        await using var sample = await StartAsync(language);
        var watching = sample.WatchUntilAsync("Failed");

        await LaunchAsync(sample, "one", "sleep 1; exit 7");
        var phases = await watching;

        Assert.Equal(["Pending", "Running", "Failed"], phases);
        var status = await sample.CheckAsync();
        Assert.Equal(7, status.ContainerStatuses[0].State.Terminated.ExitCode);
        await LaunchAsync(sample, "one", "sleep 1; exit 7");
        Assert.Equal(status, await sample.CheckAsync());
        await LaunchAsync(sample, "two", "exit 0");
        await sample.UntilAsync("Succeeded");
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task Sample_LaunchAgainAndAnother_OneApplication(string language)
    {
        await using var sample = await StartAsync(language);
        await LaunchAsync(sample, "one", "exec sleep 1000");
        var running = await sample.UntilAsync("Running");

        await LaunchAsync(sample, "one", "exec sleep 1000");
        Assert.Equal(StatusCode.AlreadyExists, await RefusalAsync(sample, Pod("other", "true")));
        Assert.Equal(StatusCode.InvalidArgument, await RefusalAsync(sample, new Pod()));

        Assert.Equal(running, await sample.CheckAsync());
        await TerminateAsync(sample, graceSeconds: 0);
        Assert.Equal("Failed", (await sample.UntilAsync("Failed")).Phase);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task Sample_PodThatItCannotRun_RefusedByName(string language)
    {
        await using var sample = await StartAsync(language);
        var pod = Pod("init", "true");
        pod.Spec.InitContainers.Add(new Container { Name = "first" });

        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await sample.Lifecycle.LaunchApplicationAsync(new LaunchApplicationRequest { Pod = pod }));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Contains("initContainers", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task Sample_IgnoresSigterm_KilledAfterItsGrace(string language)
    {
        await using var sample = await StartAsync(language);
        await LaunchAsync(sample, "stubborn", "trap '' TERM; echo $$ > pid; while :; do sleep 1; done");
        await sample.UntilAsync("Running");
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(_folder.Path, "state", "pid")), "the workload should run");

        await TerminateAsync(sample, graceSeconds: 1);

        Assert.Equal(137, (await sample.UntilAsync("Failed")).ContainerStatuses[0].State.Terminated.ExitCode);
    }

    [SkippableTheory]
    [MemberData(nameof(Languages))]
    public async Task Sample_Killed_TheNextTellsTheEndAndLeavesNoProcess(string language)
    {
        await using var sample = await StartAsync(language);
        await LaunchAsync(sample, "killed", "echo $$ > pid; while :; do sleep 1; done");
        await sample.UntilAsync("Running");
        var pid = Path.Combine(_folder.Path, "state", "pid");
        await Eventually.TrueAsync(() => File.Exists(pid) && File.ReadAllText(pid).EndsWith('\n'), "the workload should run");

        await sample.KillAsync();
        await using var next = await StartAsync(language);

        Assert.Equal("Failed", (await next.CheckAsync()).Phase);
        var process = $"/proc/{File.ReadAllText(pid).Trim()}";
        await Eventually.TrueAsync(() => !Directory.Exists(process), "the workload of the killed agent should be gone");
    }

    private async Task<RunningSample> StartAsync(string language)
    {
        var (commandLine, missing) = await SampleAgents.PrepareAsync(language);
        Skip.If(commandLine is null, missing);
        return await RunningSample.StartAsync(commandLine, Path.Combine(_folder.Path, "state"));
    }

    private static Pod Pod(string uid, string script) => new()
    {
        Metadata = new ObjectMeta { Uid = uid, Name = "pod-" + uid, Namespace = "default" },
        Spec = new PodSpec
        {
            RestartPolicy = "Never",
            HostNetwork = false,
            Containers = { new Container { Name = "main", Image = "example/image:1", Command = { "/bin/sh", "-c" }, Args = { script }, Stdin = false } },
        },
    };

    private static async Task LaunchAsync(RunningSample sample, string uid, string script) =>
        await sample.Lifecycle.LaunchApplicationAsync(new LaunchApplicationRequest { Pod = Pod(uid, script) });

    private static async Task<StatusCode> RefusalAsync(RunningSample sample, Pod pod) => (await Assert.ThrowsAsync<RpcException>(
        async () => await sample.Lifecycle.LaunchApplicationAsync(new LaunchApplicationRequest { Pod = pod }))).StatusCode;

    private static async Task TerminateAsync(RunningSample sample, int graceSeconds) => await sample.Lifecycle.TerminateApplicationAsync(
        new TerminateApplicationRequest(),
        new Metadata { { "vkvm-grace-period-seconds", graceSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture) } });
}
