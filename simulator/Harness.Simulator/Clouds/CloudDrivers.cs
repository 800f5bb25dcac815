using Harness.Simulator.Clouds.Foreign;
using Harness.Simulator.Clouds.LocalStack;

namespace Harness.Simulator.Clouds;

/// <summary>Starts the driver of the EC2 that was chosen. Stateless.</summary>
internal static class CloudDrivers
{
    /// <exception cref="Composition.SimulatorStartException">EC2 cannot be had; the message says why and what to do.</exception>
    public static async Task<ICloud> StartAsync(CloudChoice choice, CloudSite site, CancellationToken cancellationToken) => choice switch
    {
        CloudChoice.Embedded => await EmbeddedCloud.StartAsync(site, cancellationToken),
        CloudChoice.Endpoint endpoint => await EndpointCloud.StartAsync(endpoint, site, cancellationToken),
        CloudChoice.LocalStack localStack => await LocalStackCloud.StartAsync(localStack, site, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(choice), choice, "no such EC2"),
    };
}
