using Harness.Kubernetes.Objects.Coordination.V1;
using Harness.Kubernetes.Objects.Core.V1;
using Harness.Kubernetes.Objects.Meta.V1;
using Harness.Kubernetes.Objects.Rbac.V1;
using Harness.Simulator.Clusters;
using Harness.Simulator.Composition;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Programs;
using Harness.Simulator.State;
using Harness.Testing;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>A simulator in a cluster that is not its own: it works there, touches nothing of others, and leaves nothing.</summary>
public sealed class ForeignClusterTests(LoneCluster cluster) : IClassFixture<LoneCluster>
{
    private static readonly ApiDelete Background = new(PropagationPolicy: "Background");

    private IApiClient Owner => cluster.Administrator;

    [Fact]
    public async Task Simulator_RunsPodsAndStops_LeavesTheClusterAsItWas()
    {
        var before = await ContentsAsync();
        await using (var simulator = await StartAsync())
        {
            var pod = await simulator.Pods.CreateAsync("guest");
            await simulator.Pods.UntilRunningAsync("guest");
            Assert.Single(Workloads.Of(simulator, pod.Metadata.Uid));
            var node = Assert.Single((await Owner.ListAsync<Node>(ApiSelection.All, CancellationToken.None)).Items);
            Assert.Equal("harness-simulator", node.Metadata.Labels["app.kubernetes.io/managed-by"]);
            Assert.NotNull(await Owner.FindAsync<Lease>("kube-node-lease", node.Metadata.Name, CancellationToken.None));
        }

        Assert.Equal(before, await ContentsAsync());
    }

    [Fact]
    public async Task Simulator_WhereANameIsTaken_IsRefusedByNameAndTouchesNothing()
    {
        var taken = new ClusterRole { Metadata = new ObjectMeta { Name = "virtual-kubelet" } };
        await Owner.CreateAsync(taken, CancellationToken.None);
        var before = await ContentsAsync();
        try
        {
            var refusal = await Assert.ThrowsAsync<InvalidOperationException>(StartAsync);

            Assert.Contains("ClusterRole virtual-kubelet (not of a simulator)", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(before, await ContentsAsync());
            var plan = await SimAsync("up", "--dry-run", "--cluster", "kubeconfig", "--kubeconfig", cluster.Kubeconfig);
            Assert.Equal(1, plan.ExitCode);
            Assert.Contains("refused, since these are there already: ClusterRole virtual-kubelet", plan.Output, StringComparison.Ordinal);
        }
        finally
        {
            await Owner.DeleteAsync<ClusterRole>("", "virtual-kubelet", Background, CancellationToken.None);
        }
    }

    [Fact]
    public async Task DryRun_OfACluster_ListsEachObjectAndCreatesNone()
    {
        var before = await ContentsAsync();

        var plan = await SimAsync("up", "--dry-run", "--cluster", "kubeconfig", "--kubeconfig", cluster.Kubeconfig);

        Assert.Equal(0, plan.ExitCode);
        foreach (var title in (string[])["Namespace virtual-kubelet", "ServiceAccount virtual-kubelet/virtual-kubelet-sa", "ClusterRole virtual-kubelet",
            "ClusterRoleBinding virtual-kubelet", "Role kube-node-lease/virtual-kubelet-lease", "RoleBinding kube-system/virtual-kubelet-client-authority"])
        {
            Assert.Contains($"  {title}\n", plan.Output, StringComparison.Ordinal);
        }

        Assert.Contains(cluster.Endpoint.Authority, plan.Output, StringComparison.Ordinal);
        Assert.Equal(before, await ContentsAsync());
    }

    [Fact]
    public async Task Down_AfterAKilledSimulator_TakesEverythingOut()
    {
        var before = await ContentsAsync();
        using var folder = new TemporaryFolder();
        var directory = new SimDirectory(Path.Combine(folder.Path, "sim"));
        (await SimAsync("up", "--detach", "--dir", directory.Root, "--boot-delay", "0s", "--timeout", "2m", "--cluster", "kubeconfig", "--kubeconfig", cluster.Kubeconfig)).MustSucceed();
        await Owner.CreateAsync(VirtualPod.Named("orphan"), CancellationToken.None);
        await Eventually.TrueAsync(
            async () => (await Owner.FindAsync<Pod>("default", "orphan", CancellationToken.None))?.Status?.Phase == "Running", "the pod does not run");
        var simulator = RunRecord.Read(directory)!.Simulator;

        Signal.SendKill(simulator);
        await Eventually.TrueAsync(() => !simulator.IsAlive, "the simulator outlived a kill");
        (await SimAsync("down", "--dir", directory.Root)).MustSucceed();

        Assert.Equal(before, await ContentsAsync());
        Assert.Null(RunRecord.Read(directory));
    }

    private static Task<ProgramRun> SimAsync(params string[] arguments) => ProgramRun.OfAsync(BuiltPrograms.Simulator, arguments);

    private Task<SimulatorFixture> StartAsync() =>
        SimulatorFixture.StartAsync(options => options with { Cluster = new ClusterChoice.Foreign(cluster.Kubeconfig) });

    /// <summary>Everything that a simulator may have put there, by name.</summary>
    private async Task<IReadOnlyList<string>> ContentsAsync() =>
    [
        .. await NamesAsync<Node>(item => item.Metadata),
        .. await NamesAsync<Namespace>(item => item.Metadata),
        .. await NamesAsync<Pod>(item => item.Metadata),
        .. await NamesAsync<Lease>(item => item.Metadata),
        .. await NamesAsync<Role>(item => item.Metadata),
        .. await NamesAsync<RoleBinding>(item => item.Metadata),
        .. await NamesAsync<ClusterRole>(item => item.Metadata),
        .. await NamesAsync<ClusterRoleBinding>(item => item.Metadata),
        .. (await NamesAsync<ServiceAccount>(item => item.Metadata)).Where(name => name.Contains(ProviderRole.Namespace, StringComparison.Ordinal)),
    ];

    private async Task<IEnumerable<string>> NamesAsync<T>(Func<T, ObjectMeta> metadata)
        where T : class, Google.Protobuf.IMessage<T>, new() =>
        (await Owner.ListAsync<T>(ApiSelection.All, CancellationToken.None)).Items
            .Select(item => $"{typeof(T).Name} {metadata(item).Namespace}/{metadata(item).Name}").Order(StringComparer.Ordinal);
}
