using System.Text.Json.Nodes;
using Harness.Simulator.Composition;
using Harness.Simulator.Kubernetes.Clients;
using Harness.Simulator.Kubernetes.Errors;
using Harness.Simulator.Kubernetes.Identity;

namespace Harness.Simulator.Clusters.Foreign;

/// <summary>How a cluster that stands already is reached, and which version answers there. Stateless.</summary>
internal static class ForeignAccess
{
    /// <exception cref="SimulatorStartException">The kubeconfig cannot be used.</exception>
    public static ApiAccess Of(ClusterChoice.Foreign choice)
    {
        try
        {
            return KubeconfigReader.Read(choice.Kubeconfig, choice.Context);
        }
        catch (KubeconfigException exception)
        {
            throw new SimulatorStartException(exception.Message, exception);
        }
    }

    /// <exception cref="SimulatorStartException">The cluster does not answer.</exception>
    public static async Task<string> VersionAsync(HttpApiClient client, ApiAccess access, CancellationToken cancellationToken)
    {
        try
        {
            var version = JsonNode.Parse(await client.TextAsync("/version", cancellationToken));
            return ((string?)version?["gitVersion"] ?? "of no version").TrimStart('v');
        }
        catch (Exception exception) when (exception is HttpRequestException or ApiStatusException)
        {
            throw new SimulatorStartException($"{access} does not answer as it should: {exception.Message}", exception);
        }
    }
}
