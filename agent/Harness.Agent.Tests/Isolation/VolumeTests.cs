using Google.Protobuf;
using Grpc.Core;
using Harness.Agent.Contract.V1;
using Harness.Agent.Tests.Programs;
using Harness.Agent.Tests.Support;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Testing;

namespace Harness.Agent.Tests.Isolation;

/// <summary>Volumes and vkvmagent.v1.PodInputs through the program. Mounts need root.</summary>
public sealed class VolumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task E09_EmptyDirs_AreSharedAndKeptThroughRestartsOfTheAgent()
    {
        Skip.If(Environment.UserName != "root", "Mounts need root.");
        var pod = TestPod.Script("empty", "cat /data/made /memory/made; stat -f -c %T /memory; echo up; exec sleep 1000");
        pod.Spec.InitContainers.Add(TestPod.Container("init", "echo from init | tee /data/made /memory/made"));
        Add(pod, "data", new VolumeSource { EmptyDir = new EmptyDirVolumeSource() });
        Add(pod, "memory", new VolumeSource { EmptyDir = new EmptyDirVolumeSource { Medium = "Memory" } });
        await using (var agent = await AgentProcess.StartAsync(_folder.Path))
        {
            await agent.Client.LaunchAsync(pod);
            Assert.Contains("from init\nfrom init\ntmpfs\n", await agent.Client.WaitForLogAsync("main", "up"), StringComparison.Ordinal);
            await agent.SignalAsync("KILL");
        }

        await using var next = await AgentProcess.StartAsync(_folder.Path);
        await next.Client.TerminateAsync();
        await next.Client.WaitForPhaseAsync("Failed");
        await next.Client.LaunchAsync(TestPod.Script("after", "exit 0", "Never"));
        await next.Client.WaitForPhaseAsync("Succeeded");
        Assert.DoesNotContain(_folder.Path, File.ReadAllText("/proc/self/mounts"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task E09_Inputs_AreFilesWithModesThatChangeAtOnce()
    {
        Skip.If(Environment.UserName != "root", "Mounts need root.");
        var pod = TestPod.Script("inputs", "cat /config/a/b /config/key; stat -Lc %a /config/key; cat /one; echo up; until grep -q two /config/key; do sleep 0.05; done; cat /config/key; ls /config; exit 0", "Never");
        Add(pod, "config", new VolumeSource { ConfigMap = new ConfigMapVolumeSource { LocalObjectReference = new LocalObjectReference { Name = "c" } } });
        pod.Spec.Containers[0].VolumeMounts.Add(new VolumeMount { Name = "config", MountPath = "/one", SubPath = "key" });
        await using var agent = await AgentProcess.StartAsync(_folder.Path);
        Assert.Equal(StatusCode.FailedPrecondition, await agent.Client.TryLaunchAsync(pod));

        Assert.True(await PutAsync(agent, pod, "1", ("key", 0x180, "one"), ("a/b", 0, "nested")));
        Assert.False(await PutAsync(agent, pod, "1", ("key", 0x180, "one"), ("a/b", 0, "nested")));
        await agent.Client.LaunchAsync(pod);
        Assert.Contains("nestedone600\none" + "up\n", await agent.Client.WaitForLogAsync("main", "up"), StringComparison.Ordinal);
        Assert.True(await PutAsync(agent, pod, "2", ("key", 0x180, "two"), ("new", 0, "")));
        await agent.Client.WaitForPhaseAsync("Succeeded");

        Assert.EndsWith("twokey\nnew\n", await agent.Client.ReadLogsAsync(new() { Container = "main" }), StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => PutAsync(agent, pod, "3", ("key", 0, "late")));
        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
    }

    [SkippableFact]
    public async Task HostPath_OnlyWhatTheOperatorOpens()
    {
        Skip.If(Environment.UserName != "root", "Mounts need root.");
        var open = Directory.CreateDirectory(Path.Combine(_folder.Path, "open")).FullName;
        File.CreateSymbolicLink(Path.Combine(open, "link"), "/etc");
        await using var agent = await AgentProcess.StartAsync(_folder.Path, "--host-path", open);

        Assert.Equal(StatusCode.InvalidArgument, await agent.Client.TryLaunchAsync(HostPod("closed", "/etc")));
        Assert.Equal(StatusCode.InvalidArgument, await agent.Client.TryLaunchAsync(HostPod("beside", open + "er")));
        await agent.Client.LaunchAsync(HostPod("link", Path.Combine(open, "link")));
        var refused = (await agent.Client.WaitForPhaseAsync("Failed")).ContainerStatuses[0].State.Terminated;
        Assert.Contains("leads over a link", refused.Message, StringComparison.Ordinal);
        await agent.Client.LaunchAsync(HostPod("opened", open));
        await agent.Client.WaitForPhaseAsync("Succeeded");

        Assert.Equal("from a pod\n", File.ReadAllText(Path.Combine(open, "made")));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("/x")]
    [InlineData("a//b")]
    [InlineData("..hidden")]
    [InlineData("")]
    public async Task PutVolume_PathThatLeadsOut_Refused(string path)
    {
        await using var agent = await AgentUnderTest.StartAsync();
        var client = new PodInputs.PodInputsClient(agent.Channel);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => PutAsync(client, "pod-1", "config", "1", (path, 0, "x")));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Equal("", (await client.ListVolumesAsync(new ListVolumesRequest())).PodUid);
    }

    [Fact]
    public async Task PutVolume_WrongSumsOrRevision_ChangesNothing()
    {
        await using var agent = await AgentUnderTest.StartAsync();
        var client = new PodInputs.PodInputsClient(agent.Channel);
        await PutAsync(client, "pod-1", "config", "1", ("key", 0, "value"));

        using (var call = client.PutVolume())
        {
            await call.RequestStream.WriteAsync(Header("pod-1", "config", "2", 2, 5));
            await call.RequestStream.WriteAsync(new PutVolumeRequest { File = new VolumeFile { Path = "key", Content = ByteString.CopyFromUtf8("other") } });
            await call.RequestStream.CompleteAsync();
            Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
        }

        using (var call = client.PutVolume())
        {
            var header = Header("pod-1", "config", "2", 0, 0);
            header.Header.IfRevision = "0";
            await call.RequestStream.WriteAsync(header);
            await call.RequestStream.CompleteAsync();
            Assert.Equal(StatusCode.Aborted, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
        }

        var held = Assert.Single((await client.ListVolumesAsync(new ListVolumesRequest { PodUid = "pod-1" })).Volumes);
        Assert.Equal(("1", 1u, 5ul), (held.Revision, held.FileCount, held.ContentBytes));
    }

    private static void Add(Pod pod, string volume, VolumeSource source)
    {
        pod.Spec.Volumes.Add(new Volume { Name = volume, VolumeSource = source });
        foreach (var container in pod.Spec.InitContainers.Concat(pod.Spec.Containers))
        {
            container.VolumeMounts.Add(new VolumeMount { Name = volume, MountPath = "/" + volume });
        }
    }

    private static Pod HostPod(string name, string path)
    {
        var pod = TestPod.Script(name, "echo from a pod > /host/made", "Never");
        Add(pod, "host", new VolumeSource { HostPath = new HostPathVolumeSource { Path = path } });
        return pod;
    }

    private static PutVolumeRequest Header(string uid, string volume, string revision, int files, int bytes) => new()
    {
        Header = new VolumeHeader { PodUid = uid, Volume = volume, Revision = revision, FileCount = (uint)files, ContentBytes = (ulong)bytes },
    };

    private static Task<bool> PutAsync(AgentProcess agent, Pod pod, string revision, params (string Path, uint Mode, string Content)[] files) =>
        PutAsync(new PodInputs.PodInputsClient(agent.Channel), pod.Metadata.Uid, "config", revision, files);

    private static async Task<bool> PutAsync(
        PodInputs.PodInputsClient client, string uid, string volume, string revision, params (string Path, uint Mode, string Content)[] files)
    {
        using var call = client.PutVolume();
        await call.RequestStream.WriteAsync(Header(uid, volume, revision, files.Length, files.Sum(file => file.Content.Length)));
        foreach (var (path, mode, content) in files)
        {
            await call.RequestStream.WriteAsync(new PutVolumeRequest
            {
                File = new VolumeFile { Path = path, Mode = mode, Content = ByteString.CopyFromUtf8(content) },
            });
        }

        await call.RequestStream.CompleteAsync();
        return (await call).Changed;
    }
}
