using System.Text.Json.Nodes;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Simulator.Hosts;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Testing;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>Agents that are not ours: one that never answers, and one as they were before there was a reference agent.</summary>
public sealed class ForeignAgentTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public async Task Agent_ThatNeverAnswers_IsToldReplacedAndDeletedWithoutBuyingMore()
    {
        await using var simulator = await SimulatorFixture.StartAsync(options => options with
        {
            Agent = new AgentCommand("/bin/sleep", ["100000"]),
            ProviderConfiguration = new JsonObject
            {
                ["VKVMAgentConnectionConfig"] = new JsonObject { ["TimeoutSeconds"] = 1, ["EagerSeconds"] = 0.2 },
                ["Timing"] = new JsonObject { ["LaunchBackoffSeconds"] = 0.1, ["ObserveSeconds"] = 0.2 },
            },
        });
        var pods = simulator.Pods;
        await pods.CreateAsync("silent");
        var pod = await pods.UntilWaitingAsync("silent", "AgentConnecting");
        Assert.Equal("Pending", pod.Status.Phase);
        Assert.Contains(Assert.Single(pods.Instances(pod)).InstanceId, PodSession.Waiting(pod)!.Message, StringComparison.Ordinal);

        var told = await pods.UntilEventAsync(pod, "AgentTimeout");
        Assert.Equal("Warning", told.Type);
        Assert.Contains("did not answer within 1 s", told.Message, StringComparison.Ordinal);
        Assert.Contains(pods.Instances(pod)[0].InstanceId, told.Message, StringComparison.Ordinal);
        await Eventually.TrueAsync(
            () =>
            {
                Assert.InRange(pods.LiveInstances(pod).Count, 0, 1);
                return pods.Instances(pod).Count == 3;
            },
            "the instance is not replaced");
        Assert.Equal("Pending", (await pods.FindAsync("silent"))!.Status.Phase);
        await pods.DeleteAllAsync();
        Assert.InRange(pods.Instances(pod).Count, 3, 5);
    }

    [SkippableFact]
    public async Task Agent_OfVersion0_RunsThePodOnlyOnceLaunchedAndKeepsItsStart()
    {
        var setUp = await ProgramRun.OfAsync(Path.Combine(BuiltPrograms.Root, "scripts", "setup-peers"), ["python"]);
        Skip.If(setUp.ExitCode != 0, "No python3-grpcio: " + setUp.Errors.Trim());
        await using var simulator = await SimulatorFixture.StartAsync(options => options with
        {
            Agent = new AgentCommand(Python, [BuiltPrograms.ScriptedAgent("legacy_agent.py"), "{address}:{port}", "{state}"]),
        });
        var pods = simulator.Pods;
        var pod = await pods.CreateAsync("legacy");
        await pods.UntilEventAsync(pod, "AgentConnected");
        Assert.Equal("Pending", (await pods.UntilWaitingAsync("legacy", "ApplicationStarting")).Status.Phase);
        var disk = Path.Combine(simulator.Directory.Host(Assert.Single(pods.Instances(pod)).InstanceId), "disk");
        var seen = await pods.Api.ListAsync<Pod>(ApiSelection.All, CancellationToken.None);

        await File.WriteAllTextAsync(Path.Combine(disk, "launch"), "");
        var running = await pods.UntilRunningAsync("legacy");
        var messages = Messages(disk);
        await Eventually.TrueAsync(() => Messages(disk) > messages + 20, "the agent's status is not watched");

        Assert.Equal("Pending", Assert.Single(seen.Items).Status.Phase);
        var after = (await pods.FindAsync("legacy"))!;
        Assert.Equal(running.Metadata.ResourceVersion, after.Metadata.ResourceVersion);
        Assert.NotNull(after.Status.ContainerStatuses[0].State.Running.StartedAt);
        Assert.DoesNotContain(await pods.EventsAsync(pod), told => told.Type == "Warning" && told.Source.Component != "default-scheduler");
        await pods.DeleteAllAsync();
        Assert.Single(pods.Instances(pod));
    }

    private static int Messages(string disk) => File.ReadAllLines(Path.Combine(disk, "messages")).Length;
}
