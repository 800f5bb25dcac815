using System.Net;

namespace Harness.Simulator.Hosts;

/// <summary>
/// How a host comes to answer at its instance's private address. Called for one address one call at a time, for different addresses
/// at the same time.
/// </summary>
internal interface IHostNetwork
{
    /// <summary>Where the agent of the host at this address listens.</summary>
    IPEndPoint AgentEndpoint(IPAddress host);

    /// <summary>Plugs the host in. The agent need not listen yet.</summary>
    /// <exception cref="HostNetworkException">The address cannot be had; the message says why.</exception>
    Task AttachAsync(IPAddress host, CancellationToken cancellationToken);

    /// <summary>Unplugs the host; what is connected is cut. One that is not plugged in is no error.</summary>
    Task DetachAsync(IPAddress host);
}
