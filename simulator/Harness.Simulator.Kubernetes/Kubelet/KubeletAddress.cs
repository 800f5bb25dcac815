using Harness.Kubernetes.Objects.Core.V1;

namespace Harness.Simulator.Kubernetes.Kubelet;

/// <summary>Where a node's kubelet listens, by what the node says of itself.</summary>
internal static class KubeletAddress
{
    private const int DefaultPort = 10250;

    /// <summary>Host and port; null when the node tells no address.</summary>
    public static (string Host, int Port)? Of(Node node)
    {
        NodeStatus status = node.Status ?? new NodeStatus();
        string? host = Address(status, "InternalIP") ?? Address(status, "Hostname") ?? Address(status, "ExternalIP");
        int port = status.DaemonEndpoints?.KubeletEndpoint?.Port ?? 0;
        return host is null ? null : (host, port > 0 ? port : DefaultPort);
    }

    private static string? Address(NodeStatus status, string type) => status.Addresses.FirstOrDefault(address => address.Type == type)?.Address;
}
