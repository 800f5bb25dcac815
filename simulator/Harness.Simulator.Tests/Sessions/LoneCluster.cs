using Harness.Simulator.Clusters;
using Harness.Simulator.Fronting;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Programs;
using Harness.Simulator.State;
using Harness.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>A cluster of the chosen kind without a provider in it: somebody's cluster, as a simulator finds it.</summary>
public sealed class LoneCluster : IAsyncLifetime
{
    private const int Block = 253;

    private readonly TemporaryFolder _folder = new();
    private ICluster? _cluster;

    public string Kubeconfig => Path.Combine(_folder.Path, "somebodys-kubeconfig");

    internal IApiClient Administrator => _cluster!.Administrator;

    internal Uri Endpoint => _cluster!.Endpoint;

    public async Task InitializeAsync()
    {
        var directory = new SimDirectory(Path.Combine(_folder.Path, "cluster"));
        directory.Create();
        var ledger = new RunLedger(directory, new RunRecord { Simulator = ProcessIdentity.Of(Environment.ProcessId)!, Control = "" });
        var site = new ClusterSite(
            new AddressBlock(Block), directory, ledger, Seed: 1, new Progress<string>(), TimeProvider.System, NullLoggerFactory.Instance);
        _cluster = await ClusterDrivers.StartAsync(ChosenCluster.Choice, site, CancellationToken.None);
        await File.WriteAllTextAsync(Kubeconfig, _cluster.AdministratorKubeconfig);
    }

    public async Task DisposeAsync()
    {
        if (_cluster is { } cluster)
        {
            await cluster.DisposeAsync();
        }

        _folder.Dispose();
    }
}
