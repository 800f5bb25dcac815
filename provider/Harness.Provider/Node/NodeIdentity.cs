namespace Harness.Provider.Node;

/// <summary>Who this node is: its name and the network interface that the name comes from. A value.</summary>
internal sealed record NodeIdentity(string Name, string NetworkInterfaceId)
{
    /// <summary>The value of the tag <c>Name</c> by which the interface is found again.</summary>
    public static string InterfaceName(string clusterName, string? podName) =>
        string.IsNullOrWhiteSpace(podName) ? clusterName : $"{clusterName}-{podName.Trim()}";

    /// <summary>
    /// The node's name for an interface's private DNS name; null when there is none: a node is never registered without one.
    /// </summary>
    public static string? NameFor(string? privateDnsName) =>
        string.IsNullOrWhiteSpace(privateDnsName) ? null : WellKnown.NodeNamePrefix + privateDnsName.Trim().ToLowerInvariant();
}
