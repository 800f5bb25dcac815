using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables.Kinds;

/// <summary>Prints nodes. Pure.</summary>
internal static class NodeTable
{
    private const string RolePrefix = "node-role.kubernetes.io/";
    private const string RoleLabel = "kubernetes.io/role";
    private const string Unknown = "<unknown>";

    public static TableKind Kind { get; } = new(
        [
            TableColumn.ObjectName,
            new("Status", "Whether the node is ready and takes new pods."),
            new("Roles", "Roles that the node's labels give it."),
            TableColumn.Age,
            new("Version", "Version of the node's kubelet."),
            TableColumn.Wide("Internal-IP", "Address of the node within the cluster."),
            TableColumn.Wide("External-IP", "Address of the node for the outside."),
            TableColumn.Wide("OS-Image", "Operating system, as the node reports it."),
            TableColumn.Wide("Kernel-Version", "Kernel, as the node reports it."),
            TableColumn.Wide("Container-Runtime", "Container runtime and its version."),
        ],
        (node, now) =>
        [
            Cell.Name(node),
            Status(node),
            Roles(node).Or(Cell.None),
            Age.Of(node, now),
            node.Text("status", "nodeInfo", "kubeletVersion"),
            Address(node, "InternalIP"),
            Address(node, "ExternalIP"),
            node.Text("status", "nodeInfo", "osImage").Or(Unknown),
            node.Text("status", "nodeInfo", "kernelVersion").Or(Unknown),
            node.Text("status", "nodeInfo", "containerRuntimeVersion").Or(Unknown),
        ]);

    private static string Status(JsonObject node)
    {
        var ready = node.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == "Ready");
        var status = ready is null ? "Unknown" : ready.Text("status") == "True" ? "Ready" : "NotReady";
        return node.Flag("spec", "unschedulable") ? $"{status},SchedulingDisabled" : status;
    }

    private static string Roles(JsonObject node)
    {
        var roles = node.Pairs("metadata", "labels")
            .Select(label => label.Key.StartsWith(RolePrefix, StringComparison.Ordinal) ? label.Key[RolePrefix.Length..]
                : label.Key == RoleLabel ? label.Value : "")
            .Where(role => role.Length > 0);
        return string.Join(',', roles.Distinct().Order(StringComparer.Ordinal));
    }

    private static string Address(JsonObject node, string type) =>
        node.Items("status", "addresses").FirstOrDefault(address => address.Text("type") == type).Text("address").Or(Cell.None);
}
