using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables.Kinds;

/// <summary>Prints pods. What the Status and Ready cells say is worked out by <see cref="PodSummary"/>. Pure.</summary>
internal static class PodTable
{
    public static TableKind Kind { get; } = new(
        [
            TableColumn.ObjectName,
            new("Ready", "Containers that are ready, of those the pod has."),
            new("Status", "Phase of the pod, or the reason why it is not what one would wish."),
            new("Restarts", "How often containers were restarted, and when last."),
            TableColumn.Age,
            TableColumn.Wide("IP", "Address of the pod."),
            TableColumn.Wide("Node", "Node that the pod is bound to."),
            TableColumn.Wide("Nominated Node", "Node on which room is being made for the pod."),
            TableColumn.Wide("Readiness Gates", "Readiness gates that are passed, of those the pod has."),
        ],
        Cells,
        Condition);

    private static JsonArray Cells(JsonObject pod, DateTimeOffset now)
    {
        var summary = PodSummary.Of(pod);
        return
        [
            Cell.Name(pod),
            $"{summary.Ready}/{summary.Containers}",
            summary.Reason,
            summary.Restarts > 0 && summary.LastRestart is { } last ? $"{summary.Restarts} ({Age.Since(last, now)} ago)" : $"{summary.Restarts}",
            Age.Of(pod, now),
            Address(pod).Or(Cell.None),
            pod.Text("spec", "nodeName").Or(Cell.None),
            pod.Text("status", "nominatedNodeName").Or(Cell.None),
            Gates(pod),
        ];
    }

    private static string Address(JsonObject pod) =>
        pod.Items("status", "podIPs") is [var first, ..] ? first.Text("ip") : pod.Text("status", "podIP");

    private static string Gates(JsonObject pod)
    {
        var gates = pod.Items("spec", "readinessGates");
        var passed = gates.Count(gate => pod.Items("status", "conditions")
            .Any(condition => condition.Text("type") == gate.Text("conditionType") && condition.Text("status") == "True"));
        return gates.Count == 0 ? Cell.None : $"{passed}/{gates.Count}";
    }

    private static JsonObject? Condition(JsonObject pod) => pod.Text("status", "phase") switch
    {
        "Succeeded" => Completed("Succeeded", "The pod has completed successfully."),
        "Failed" => Completed("Failed", "The pod failed."),
        _ => null,
    };

    private static JsonObject Completed(string reason, string message) =>
        new() { ["type"] = "Completed", ["status"] = "True", ["reason"] = reason, ["message"] = message };
}
