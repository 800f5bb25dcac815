using System.Net;
using System.Net.Sockets;

namespace Harness.Simulator.Clusters.Processes;

/// <summary>Where the programs of a control plane listen on one address. A value.</summary>
internal sealed record ControlPlanePorts(IPAddress Address, int ApiServer, int Etcd, int EtcdPeer, int ControllerManager, int Scheduler)
{
    public Uri ApiServerEndpoint => At(ApiServer);

    public Uri EtcdEndpoint => At(Etcd);

    public Uri EtcdPeerEndpoint => At(EtcdPeer);

    public Uri ControllerManagerEndpoint => At(ControllerManager);

    public Uri SchedulerEndpoint => At(Scheduler);

    /// <summary>The customary ports where they are free on the address, any free ones otherwise.</summary>
    public static ControlPlanePorts Choose(IPAddress address)
    {
        // All stay bound until each has its own.
        var held = new List<Socket>();
        try
        {
            return new ControlPlanePorts(
                address, Take(address, 6443, held), Take(address, 2379, held), Take(address, 2380, held), Take(address, 10257, held), Take(address, 10259, held));
        }
        finally
        {
            held.ForEach(socket => socket.Dispose());
        }
    }

    private static int Take(IPAddress address, int port, List<Socket> held)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        held.Add(socket);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
        }
        catch (SocketException)
        {
            socket.Bind(new IPEndPoint(address, 0));
        }

        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private Uri At(int port) => new($"https://{Address}:{port}");
}
