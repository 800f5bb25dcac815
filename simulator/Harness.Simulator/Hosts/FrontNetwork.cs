using System.Net;
using Harness.Simulator.Fronting;

namespace Harness.Simulator.Hosts;

/// <summary>Hosts behind the front listener of the simulator's block: their agents listen on the same addresses, another port. Thread-safe.</summary>
/// <param name="front">The listener; its owner disposes it.</param>
/// <param name="privatePort">Where agents listen; not the front's own port.</param>
internal sealed class FrontNetwork(FrontListener front, int privatePort) : IHostNetwork
{
    public IPEndPoint AgentEndpoint(IPAddress host) => new(host, privatePort);

    public Task AttachAsync(IPAddress host, CancellationToken cancellationToken)
    {
        front.Route(host, AgentEndpoint(host));
        return Task.CompletedTask;
    }

    public Task DetachAsync(IPAddress host)
    {
        front.Unroute(host);
        return Task.CompletedTask;
    }
}
