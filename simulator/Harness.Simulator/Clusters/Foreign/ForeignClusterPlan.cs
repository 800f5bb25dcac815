using Harness.Simulator.Clusters.Installation;
using Harness.Simulator.Composition;
using Harness.Simulator.Kubernetes.Clients;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Clusters.Foreign;

/// <summary>What a simulator would put into a cluster that stands already, told without doing it. Stateless.</summary>
public static class ForeignClusterPlan
{
    /// <param name="choice">The cluster.</param>
    /// <param name="folder">The simulator's folder.</param>
    /// <param name="writer">Hears it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>Whether it could be done: no name is taken there.</returns>
    /// <exception cref="SimulatorStartException">The kubeconfig cannot be used, or the cluster does not answer.</exception>
    public static async Task<bool> TellAsync(ClusterChoice.Foreign choice, string folder, TextWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        var access = ForeignAccess.Of(choice);
        using var administrator = new HttpApiClient(access, time);
        var version = await ForeignAccess.VersionAsync(administrator, access, cancellationToken);
        var owner = InstallationOwner.OfFolder(folder);
        var conflicts = await new ProviderInstallation(administrator, owner, time, NullLogger.Instance).ConflictsAsync(cancellationToken);
        await writer.WriteLineAsync(DryRunText.Of(access.Server, version, owner, conflicts));
        return conflicts.Count == 0;
    }
}
