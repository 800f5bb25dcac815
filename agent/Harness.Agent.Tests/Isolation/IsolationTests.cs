using Harness.Agent.Tests.Programs;
using Harness.Agent.Tests.Support;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Resource;
using Harness.Testing;

namespace Harness.Agent.Tests.Isolation;

/// <summary>What a workload can and cannot reach when the instance gives the agent everything. Needs root and namespaces.</summary>
public sealed class IsolationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Isolated_Workload_CannotReadTheAgentsFilesOrTheInstances()
    {
        var secret = Path.Combine(_folder.Path, "secret");
        File.WriteAllText(secret, "of the instance");
        var state = Path.Combine(_folder.Path, "state", "state.pb");

        var log = await RunAsync(TestPod.Script(
            "files", $"cat {secret} {state} /etc/shadow; ls -d ~root/* /home/*; echo wrote > mine && cat mine; echo processes $(ls /proc | grep -c '^[0-9]')", "Never"));

        Assert.DoesNotContain("of the instance", log, StringComparison.Ordinal);
        Assert.Contains($"{secret}: No such file", log, StringComparison.Ordinal);
        Assert.Contains($"{state}: No such file", log, StringComparison.Ordinal);
        Assert.Contains("/etc/shadow: No such file", log, StringComparison.Ordinal);
        Assert.Contains("wrote\n", log, StringComparison.Ordinal);
        // Its own processes alone: the first of its namespace and what that waits in, its shell and what the shell runs.
        Assert.InRange(int.Parse(System.Text.RegularExpressions.Regex.Match(log, "processes ([0-9]+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 2, 6);
    }

    [SkippableFact]
    public async Task Isolated_Root_HasNoMeansToGetOut()
    {
        var log = await RunAsync(TestPod.Script(
            "means", "grep -E 'NoNewPrivs|CapBnd' /proc/self/status; mount -t tmpfs x /mnt; echo 1 > /proc/sys/kernel/printk; touch /usr/x; hostname", "Never"));

        Assert.Contains("NoNewPrivs:\t1", log, StringComparison.Ordinal);
        Assert.DoesNotContain("CapBnd:\t000001ff", log, StringComparison.Ordinal);
        Assert.Contains("mount:", log, StringComparison.Ordinal);
        Assert.Contains("Read-only file system", log, StringComparison.Ordinal);
        Assert.Contains("pod-means\n", log, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Isolated_MemoryLimit_OomKilled()
    {
        var pod = TestPod.Script("oom", "x=$(head -c 200000000 /dev/zero | tr '\\0' a); echo survived", "Never");
        pod.Spec.Containers[0].Resources = new ResourceRequirements { Limits = { ["memory"] = new Quantity { String = "32Mi" } } };

        await using var agent = await StartAsync();
        await agent.Client.LaunchAsync(pod);

        var ended = (await agent.Client.WaitForPhaseAsync("Failed")).ContainerStatuses[0].State.Terminated;
        Assert.Equal((137, "OOMKilled"), (ended.ExitCode, ended.Reason));
    }

    [SkippableFact]
    public async Task Isolated_ProcessLimit_Holds()
    {
        await using var agent = await StartAsync("--max-processes", "20");
        await agent.Client.LaunchAsync(TestPod.Script("forks", "i=0; while [ $i -lt 60 ]; do sleep 1000 & i=$((i+1)); done; echo survived", "Never"));
        await agent.Client.WaitForEndAsync();

        var log = await agent.Client.ReadLogsAsync(new() { Container = "main" });
        Assert.Contains("fork", log, StringComparison.Ordinal);
        Assert.DoesNotContain("survived", log, StringComparison.Ordinal);
        Assert.Empty(Processes.OfPod("forks"));
    }

    [SkippableFact]
    public async Task Isolated_ProcessThatLeavesItsSession_EndsWithItsContainer()
    {
        var log = await RunAsync(TestPod.Script("daemon", "setsid sh -c 'exec sleep 1000' & sleep 0.2; echo left; exit 0", "Never"));

        Assert.Equal("left\n", log);
        Assert.Empty(Processes.OfPod("daemon"));
    }

    [SkippableFact]
    public async Task Isolated_ReadOnlyRoot_OnlyVolumesCanBeWritten()
    {
        var pod = TestPod.Script("readonly", "touch /tmp/x; touch x; touch /x; touch /data/x && echo volume", "Never");
        pod.Spec.Containers[0].SecurityContext = new SecurityContext { ReadOnlyRootFilesystem = true };
        pod.Spec.Volumes.Add(new Volume { Name = "data", VolumeSource = new VolumeSource { EmptyDir = new EmptyDirVolumeSource() } });
        pod.Spec.Containers[0].VolumeMounts.Add(new VolumeMount { Name = "data", MountPath = "/data" });

        var log = await RunAsync(pod);

        Assert.Equal(3, log.Split("Read-only file system").Length - 1);
        Assert.Contains("volume\n", log, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Isolated_User_HasNoCapabilitiesAndItsGroups()
    {
        var pod = TestPod.Script("user", "id -u; id -g; id -G; grep CapEff /proc/self/status; echo own > mine && cat mine; stat -c %g /data", "Never");
        pod.Spec.SecurityContext = new PodSecurityContext { RunAsUser = 65534, RunAsGroup = 65533, FsGroup = 4242, RunAsNonRoot = true };
        pod.Spec.Volumes.Add(new Volume { Name = "data", VolumeSource = new VolumeSource { EmptyDir = new EmptyDirVolumeSource { Medium = "Memory" } } });
        pod.Spec.Containers[0].VolumeMounts.Add(new VolumeMount { Name = "data", MountPath = "/data" });

        var log = await RunAsync(pod);

        Assert.Equal("65534\n65533\n65533 4242\nCapEff:\t0000000000000000\nown\n4242\n", log);
    }

    [SkippableFact]
    public async Task Isolated_Probe_RunsInTheContainersNamespaces()
    {
        var pod = TestPod.Script("probe", "touch /tmp/ready; exec sleep 1000");
        pod.Spec.Containers[0].ReadinessProbe = new Probe
        {
            Handler = new ProbeHandler { Exec = new ExecAction { Command = { "sh", "-c", $"test -e /tmp/ready && test ! -e {_folder.Path}/agent.sock" } } },
            PeriodSeconds = 1,
            TimeoutSeconds = 30,
        };
        await using var agent = await StartAsync();
        await agent.Client.LaunchAsync(pod);

        await agent.Client.WatchUntilAsync(status => status.ContainerStatuses.Any(container => container.Ready));

        await agent.Client.TerminateAsync();
        Assert.Equal(143, (await agent.Client.WaitForPhaseAsync("Failed")).ContainerStatuses[0].State.Terminated.ExitCode);
    }

    [SkippableFact]
    public async Task Isolated_RunSurvivesTheAgent_AndEndsWhole()
    {
        await using (var agent = await StartAsync())
        {
            await agent.Client.LaunchAsync(TestPod.Script("survive", "setsid sleep 1000 & echo up; exec sleep 1000"));
            await agent.Client.WaitForLogAsync("main", "up");
            await agent.SignalAsync("KILL");
        }

        await using var next = await StartAsync();
        Assert.Equal("Running", (await next.Client.CheckAsync()).Phase);
        await next.Client.TerminateAsync();
        await next.Client.WaitForPhaseAsync("Failed");
        Assert.Empty(Processes.OfPod("survive"));
    }

    [SkippableFact]
    public async Task Isolated_MetadataService_CannotBeReached()
    {
        Skip.IfNot(File.Exists("/usr/bin/bash"), "The workload opens its connection with bash.");
        const string Connect = "exec 3<>/dev/tcp/169.254.169.254/80 && echo reached";
        var state = Path.Combine(_folder.Path, "imds");
        // An agent stands in for the service: what matters is who can connect. Both are in a network of their own.
        var script = $"ip link set lo up && ip addr add 169.254.169.254/32 dev lo && "
            + $"{AgentProcess.Program} run --listen 169.254.169.254:80 --state-dir {state} --isolation None 2>{state}.log & "
            + "until bash -c '" + Connect + "' 2>/dev/null; do sleep 0.1; done; wait";
        using var service = new NetworkOfItsOwn(script);
        SkipWithoutRoot();
        await service.WaitForOutputAsync("reached");

        await using var agent = await AgentProcess.StartInAsync(_folder.Path, service.Pid, "--isolation", "Required");
        await agent.Client.LaunchAsync(TestPod.Script("imds", $"bash -c '{Connect}'; exit 0", "Never"));
        await agent.Client.WaitForPhaseAsync("Succeeded");

        var log = await agent.Client.ReadLogsAsync(new() { Container = "main" });
        Assert.DoesNotContain("reached", log, StringComparison.Ordinal);
        Assert.Contains("refused", log, StringComparison.Ordinal);
    }

    private static void SkipWithoutRoot()
    {
        Skip.If(Environment.UserName != "root", "Namespaces and control groups need root.");
        Skip.IfNot(Directory.Exists("/sys/fs/cgroup"), "There are no control groups here.");
    }

    private async Task<AgentProcess> StartAsync(params string[] more)
    {
        SkipWithoutRoot();
        return await AgentProcess.StartAsync(_folder.Path, ["--isolation", "Required", .. more]);
    }

    /// <summary>Runs a pod to its end; what it wrote.</summary>
    private async Task<string> RunAsync(Pod pod)
    {
        await using var agent = await StartAsync();
        await agent.Client.LaunchAsync(pod);
        await agent.Client.WaitForEndAsync();
        return await agent.Client.ReadLogsAsync(new() { Container = "main" });
    }
}
