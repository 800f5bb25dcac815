using System.Net;
using System.Net.Sockets;

namespace Harness.Simulator.Composition;

/// <summary>Which ports a simulator's parts listen on: the customary ones on its own address, any free one where those are taken.</summary>
internal static class PortChoice
{
    public const int Kubernetes = 6443;
    public const int Ec2 = 4566;

    private const int PrivateOffset = 10_000;

    /// <summary>The customary port where it is free on the address, else 0, which takes any free one.</summary>
    public static IPEndPoint Prefer(IPAddress address, int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(address, port));
            return new IPEndPoint(address, port);
        }
        catch (SocketException)
        {
            return new IPEndPoint(address, 0);
        }
    }

    /// <summary>Where agents listen on their hosts' addresses, behind the front listener's port.</summary>
    public static int PrivateAgentPort(int frontPort) =>
        frontPort + PrivateOffset <= IPEndPoint.MaxPort ? frontPort + PrivateOffset : frontPort - PrivateOffset;
}
