using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables.Kinds;

/// <summary>Prints the kinds that configure the cluster and coordinate its parts. Pure.</summary>
internal static class ClusterTables
{
    public static TableKind Lease { get; } = new(
        [TableColumn.ObjectName, new("Holder", "Who holds the lease."), TableColumn.Age],
        (item, now) => [Cell.Name(item), item.Text("spec", "holderIdentity"), Age.Of(item, now)]);

    public static TableKind RuntimeClass { get; } = new(
        [TableColumn.ObjectName, new("Handler", "Runtime configuration that the class stands for."), TableColumn.Age],
        (item, now) => [Cell.Name(item), item.Text("handler"), Age.Of(item, now)]);

    public static TableKind PriorityClass { get; } = new(
        [
            TableColumn.ObjectName,
            TableColumn.Integer("Value", "Priority of the class's pods; higher goes first."),
            new("Global-Default", "Whether pods without a class have this one.", "boolean"),
            TableColumn.Age,
            new("PreemptionPolicy", "Whether the class's pods may displace others."),
        ],
        (item, now) => [Cell.Name(item), item.Number("value"), item.Flag("globalDefault"), Age.Of(item, now), item.Text("preemptionPolicy")]);

    public static TableKind PodDisruptionBudget { get; } = new(
        [
            TableColumn.ObjectName,
            new("Min Available", "Pods that must stay."),
            new("Max Unavailable", "Pods that may be gone."),
            TableColumn.Integer("Allowed Disruptions", "Pods that may be evicted now."),
            TableColumn.Age,
        ],
        (item, now) =>
        [
            Cell.Name(item),
            item.Text("spec", "minAvailable").Or("N/A"),
            item.Text("spec", "maxUnavailable").Or("N/A"),
            item.Number("status", "disruptionsAllowed"),
            Age.Of(item, now),
        ]);

    public static TableKind Scale { get; } = new(
        [
            TableColumn.ObjectName with { Format = "" },
            TableColumn.Integer("Desired", "Pods that are wanted."),
            TableColumn.Integer("Available", "Pods that there are."),
            TableColumn.Age,
        ],
        (item, now) => [Cell.Name(item), item.Number("spec", "replicas"), item.Number("status", "replicas"), Age.Of(item, now)]);

    public static TableKind WebhookConfiguration { get; } = new(
        [TableColumn.ObjectName, TableColumn.Integer("Webhooks", "Number of webhooks."), TableColumn.Age],
        (item, now) => [Cell.Name(item), item.Items("webhooks").Count, Age.Of(item, now)]);

    public static TableKind CertificateSigningRequest { get; } = new(
        [
            TableColumn.ObjectName,
            TableColumn.Age,
            new("SignerName", "Who is asked to sign."),
            new("Requestor", "Who asks."),
            new("RequestedDuration", "How long the certificate should be valid."),
            new("Condition", "Whether the request is approved, denied, and issued."),
        ],
        (item, now) =>
        [
            Cell.Name(item),
            Age.Of(item, now),
            item.Text("spec", "signerName").Or(Cell.None),
            item.Text("spec", "username"),
            item.At("spec", "expirationSeconds") is null ? Cell.None : Age.Format(TimeSpan.FromSeconds(item.Number("spec", "expirationSeconds"))),
            RequestCondition(item),
        ]);

    private static string RequestCondition(JsonObject request)
    {
        var types = request.Items("status", "conditions").Select(condition => condition.Text("type")).ToHashSet();
        var decision = types.Contains("Denied") ? "Denied" : types.Contains("Approved") ? "Approved" : "Pending";
        var failed = types.Contains("Failed") ? ",Failed" : "";
        return $"{decision}{failed}{(request.Text("status", "certificate").Length > 0 ? ",Issued" : "")}";
    }
}
