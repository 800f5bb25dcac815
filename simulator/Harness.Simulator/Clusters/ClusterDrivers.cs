using Harness.Simulator.Clusters.Foreign;
using Harness.Simulator.Clusters.Processes;

namespace Harness.Simulator.Clusters;

/// <summary>Starts the driver of the cluster that was chosen. Stateless.</summary>
internal static class ClusterDrivers
{
    /// <exception cref="Composition.SimulatorStartException">The cluster cannot be had; the message says why and what to do.</exception>
    public static async Task<ICluster> StartAsync(ClusterChoice choice, ClusterSite site, CancellationToken cancellationToken) => choice switch
    {
        ClusterChoice.Embedded => await EmbeddedClusterDriver.StartAsync(site, cancellationToken),
        ClusterChoice.Processes processes => await ProcessesCluster.StartAsync(processes, site, cancellationToken),
        ClusterChoice.Foreign foreign => await ForeignCluster.StartAsync(foreign, site, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(choice), choice, "no such cluster"),
    };
}
