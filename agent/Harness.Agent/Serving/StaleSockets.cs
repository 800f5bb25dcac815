using System.Net.Sockets;

namespace Harness.Agent.Serving;

/// <summary>Socket files that a killed agent left behind. Called before a port opens.</summary>
internal static class StaleSockets
{
    /// <summary>Removes those that no one answers on.</summary>
    public static void Remove(IReadOnlyList<AgentEndpoint> endpoints)
    {
        foreach (var path in endpoints.Select(endpoint => endpoint.SocketPath).OfType<string>().Where(File.Exists))
        {
            try
            {
                using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                probe.Connect(new UnixDomainSocketEndPoint(path));
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
            {
                File.Delete(path);
            }
        }
    }
}
