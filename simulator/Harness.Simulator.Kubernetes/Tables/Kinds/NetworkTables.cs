using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables.Kinds;

/// <summary>Prints endpoints, ingresses and network policies. Pure.</summary>
internal static class NetworkTables
{
    public static TableKind Endpoints { get; } = new(
        [TableColumn.ObjectName, new("Endpoints", "Addresses and ports that are ready."), TableColumn.Age],
        (item, now) => [Cell.Name(item), Cell.Capped([.. item.Items("subsets").SelectMany(Addresses)], Cell.None), Age.Of(item, now)]);

    public static TableKind EndpointSlice { get; } = new(
        [
            TableColumn.ObjectName,
            new("AddressType", "Kind of the addresses."),
            new("Ports", "Ports of every endpoint."),
            new("Endpoints", "Addresses of the endpoints."),
            TableColumn.Age,
        ],
        (item, now) =>
        [
            Cell.Name(item),
            item.Text("addressType"),
            Cell.Capped([.. item.Items("ports").Select(Port)], "<unset>"),
            Cell.Capped([.. item.Items("endpoints").SelectMany(endpoint => endpoint.Items("addresses")).Select(address => address.Text())], "<unset>"),
            Age.Of(item, now),
        ]);

    public static TableKind Ingress { get; } = new(
        [
            TableColumn.ObjectName,
            new("Class", "Class of controller that serves the ingress."),
            new("Hosts", "Host names that are served."),
            new("Address", "Addresses at which they are served."),
            new("Ports", "Ports: 443 as well where there is TLS."),
            TableColumn.Age,
        ],
        (item, now) =>
        [
            Cell.Name(item),
            item.Text("spec", "ingressClassName").Or(item.Text("metadata", "annotations", "kubernetes.io/ingress.class")).Or(Cell.None),
            Hosts(item),
            string.Join(',', item.Items("status", "loadBalancer", "ingress").Select(ingress => ingress.Text("ip").Or(ingress.Text("hostname")))
                .Distinct().Order(StringComparer.Ordinal)),
            item.Items("spec", "tls").Count > 0 ? "80, 443" : "80",
            Age.Of(item, now),
        ]);

    public static TableKind NetworkPolicy { get; } = new(
        [TableColumn.ObjectName, new("Pod-Selector", "Labels of the pods that the policy is about."), TableColumn.Age],
        (item, now) => [Cell.Name(item), Cell.Selector(item.At("spec", "podSelector")), Age.Of(item, now)]);

    private static IEnumerable<string> Addresses(JsonNode? subset)
    {
        var addresses = subset.Items("addresses").Select(address => address.Text("ip")).ToArray();
        var ports = subset.Items("ports");
        return ports.Count == 0 ? addresses : ports.SelectMany(port => addresses.Select(address => Join(address, port.Number("port"))));
    }

    private static string Join(string address, long port) =>
        address.Contains(':', StringComparison.Ordinal) ? $"[{address}]:{port}" : $"{address}:{port}";

    private static string Port(JsonNode? port) => port.At("port") is not null ? port.Text("port") : port.At("name") is not null ? port.Text("name") : "*";

    private static string Hosts(JsonObject ingress)
    {
        var hosts = ingress.Items("spec", "rules").Select(rule => rule.Text("host")).Where(host => host.Length > 0).ToArray();
        return Cell.Capped(hosts, "*");
    }
}
