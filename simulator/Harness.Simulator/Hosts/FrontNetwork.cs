using System.Net;
using Harness.Simulator.Fronting;

namespace Harness.Simulator.Hosts;

/// <summary>
/// Hosts behind the simulator's front listener: their agents listen on the same addresses, another port. Addresses outside 127.0.0.0/8
/// are not this machine's by themselves and are added to an interface. Thread-safe.
/// </summary>
/// <param name="front">The listener; its owner disposes it.</param>
/// <param name="privatePort">Where agents listen; not the front's own port.</param>
/// <param name="others">Makes other addresses than loopback's this machine's.</param>
internal sealed class FrontNetwork(FrontListener front, int privatePort, InterfaceNetwork others) : IHostNetwork
{
    public IPEndPoint AgentEndpoint(IPAddress host) => new(host, privatePort);

    public async Task AttachAsync(IPAddress host, CancellationToken cancellationToken)
    {
        if (!IPAddress.IsLoopback(host))
        {
            await others.AttachAsync(host, cancellationToken);
        }

        front.Route(host, AgentEndpoint(host));
    }

    public async Task DetachAsync(IPAddress host)
    {
        front.Unroute(host);
        if (!IPAddress.IsLoopback(host))
        {
            await others.DetachAsync(host);
        }
    }
}
