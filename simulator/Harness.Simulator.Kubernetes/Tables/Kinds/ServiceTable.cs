using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables.Kinds;

/// <summary>Prints services. Pure.</summary>
internal static class ServiceTable
{

    public static TableKind Kind { get; } = new(
        [
            TableColumn.ObjectName,
            new("Type", "How the service can be reached."),
            new("Cluster-IP", "Address within the cluster."),
            new("External-IP", "Addresses for the outside."),
            new("Port(s)", "Ports, with the node's port where there is one."),
            TableColumn.Age,
            TableColumn.Wide("Selector", "Labels of the pods behind the service."),
        ],
        (item, now) =>
        [
            Cell.Name(item),
            item.Text("spec", "type"),
            ClusterAddress(item),
            ExternalAddress(item),
            Ports(item).Or(Cell.None),
            Age.Of(item, now),
            Cell.Labels(item.At("spec", "selector")),
        ]);

    private static string ClusterAddress(JsonObject service) =>
        service.Items("spec", "clusterIPs") is [var first, ..] ? first.Text() : service.Text("spec", "clusterIP").Or(Cell.None);

    private static string ExternalAddress(JsonObject service)
    {
        var fixedAddresses = string.Join(',', service.Items("spec", "externalIPs").Select(address => address.Text()));
        return service.Text("spec", "type") switch
        {
            "LoadBalancer" => LoadBalancerAddress(service, fixedAddresses),
            "ExternalName" => service.Text("spec", "externalName"),
            _ => fixedAddresses.Or(Cell.None),
        };
    }

    private static string LoadBalancerAddress(JsonObject service, string fixedAddresses)
    {
        var balanced = string.Join(',', service.Items("status", "loadBalancer", "ingress")
            .Select(ingress => ingress.Text("ip").Or(ingress.Text("hostname"))).Distinct().Order(StringComparer.Ordinal));
        return (balanced.Length > 0, fixedAddresses.Length > 0) switch
        {
            (true, true) => $"{balanced},{fixedAddresses}",
            (true, false) => balanced,
            (false, true) => fixedAddresses,
            _ => "<pending>",
        };
    }

    private static string Ports(JsonObject service) => string.Join(',', service.Items("spec", "ports").Select(port =>
        port.Number("nodePort") > 0
            ? $"{port.Number("port")}:{port.Number("nodePort")}/{port.Text("protocol")}"
            : $"{port.Number("port")}/{port.Text("protocol")}"));
}
