using System.Net;
using Harness.Simulator.Clusters.Processes;
using Harness.Simulator.Composition;
using Harness.Testing;

namespace Harness.Simulator.Tests.Clusters;

public sealed class ControlPlaneProgramsTests
{
    [Theory]
    [InlineData("etcd Version: 3.4.23\nGit SHA: x\n", "etcd Version: ", "3.4.23")]
    [InlineData("Kubernetes v1.20.2\n", "Kubernetes v", "1.20.2")]
    [InlineData("Kubernetes v1.34.1-eks-1234\n", "Kubernetes v", "1.34.1")]
    [InlineData("Warning: x\nKubernetes v1.30.0+k3s1\n", "Kubernetes v", "1.30.0")]
    [InlineData("usage: etcd\n", "etcd Version: ", null)]
    public void ReadVersion_OfWhatWasPrinted_FindsItOrNone(string printed, string prefix, string? version) =>
        Assert.Equal(version, ControlPlanePrograms.ReadVersion(printed, prefix)?.ToString());

    [Fact]
    public async Task Find_FolderWithoutSomeOfThem_NamesThoseAndTheRemedy()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "etcd"), "");

        var refusal = await Assert.ThrowsAsync<SimulatorStartException>(() => ControlPlanePrograms.FindAsync(folder.Path, CancellationToken.None));

        Assert.Contains($"kube-apiserver, kube-controller-manager, kube-scheduler are not in {folder.Path}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("scripts/control-plane.sh", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.20.2", true)]
    [InlineData("1.22.17", true)]
    [InlineData("1.23.0", false)]
    [InlineData("1.34.1", false)]
    public void Arguments_OpenPorts_AreClosedWhereTheVersionHasThem(string version, bool closed)
    {
        var arguments = new ControlPlaneArguments(new ControlPlaneFolder("/x"), new ControlPlanePorts(IPAddress.Loopback, 1, 2, 3, 4, 5), Version.Parse(version));

        Assert.Equal(closed, arguments.Scheduler().Contains("--port=0"));
        Assert.Equal(closed, arguments.ControllerManager().Contains("--port=0"));
    }

    [Fact]
    public void Ports_OfOneAddress_AreFiveDifferentOnesAndFree()
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Parse("127.254.0.1"), 2379);
        taken.Start();

        var ports = ControlPlanePorts.Choose(IPAddress.Parse("127.254.0.1"));

        int[] all = [ports.ApiServer, ports.Etcd, ports.EtcdPeer, ports.ControllerManager, ports.Scheduler];
        Assert.Equal(5, all.Distinct().Count());
        Assert.DoesNotContain(2379, all);
    }
}
