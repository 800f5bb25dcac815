using Harness.Simulator.Clusters.Installation;
using Harness.Simulator.Composition;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Identity;
using Harness.Simulator.State;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Clusters.Foreign;

/// <summary>Takes out of a cluster what a simulator that was killed has left in it, with the kubeconfig in that simulator's folder. Stateless.</summary>
internal static class ForeignLeftovers
{
    /// <returns>How many objects that were.</returns>
    /// <exception cref="SimulatorStartException">The cluster cannot be reached; what is left in it stays on record.</exception>
    public static async Task<int> RemoveAsync(SimDirectory directory, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        if (RunRecord.Read(directory)?.Installation is not { } owner)
        {
            return 0;
        }

        try
        {
            using var client = new HttpApiClient(KubeconfigReader.Read(directory.Kubeconfig, context: null), time);
            return await new ProviderInstallation(client, owner, time, logger).RemoveAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or ApiStatusException or KubeconfigException)
        {
            throw new SimulatorStartException(
                $"What an earlier simulator left in its cluster (label {owner.Selector}) could not be removed: {exception.Message}. "
                + $"Try again when the cluster answers; {directory.Kubeconfig} is its kubeconfig.", exception);
        }
    }
}
