using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables.Kinds;

/// <summary>Prints horizontal pod autoscalers (autoscaling/v2). Pure.</summary>
internal static class AutoscalerTable
{
    private const int TargetLimit = 2;
    private const string Unknown = "<unknown>";

    public static TableKind Kind { get; } = new(
        [
            TableColumn.ObjectName,
            new("Reference", "Object whose replicas are scaled."),
            new("Targets", "Metrics, as they are and as they should be."),
            new("MinPods", "Fewest pods."),
            new("MaxPods", "Most pods."),
            new("Replicas", "Pods that there are."),
            TableColumn.Age,
        ],
        (item, now) =>
        [
            Cell.Name(item),
            $"{item.Text("spec", "scaleTargetRef", "kind")}/{item.Text("spec", "scaleTargetRef", "name")}",
            Targets(item),
            item.Text("spec", "minReplicas").Or("<unset>"),
            item.Number("spec", "maxReplicas"),
            item.Number("status", "currentReplicas"),
            Age.Of(item, now),
        ]);

    private static string Targets(JsonObject item)
    {
        var metrics = item.Items("spec", "metrics");
        var current = item.Items("status", "currentMetrics");
        var texts = metrics.Select((metric, index) => Target(metric, index < current.Count ? current[index] : null)).ToArray();
        var shown = string.Join(", ", texts.Take(TargetLimit));
        return texts.Length > TargetLimit ? $"{shown} + {texts.Length - TargetLimit} more..." : shown.Or(Cell.None);
    }

    private static string Target(JsonNode? metric, JsonNode? status)
    {
        var source = metric.Text("type") switch
        {
            "Resource" => "resource",
            "ContainerResource" => "containerResource",
            "Pods" => "pods",
            "Object" => "object",
            "External" => "external",
            _ => "",
        };
        if (source.Length == 0)
        {
            return "<unknown type>";
        }

        var name = metric.Text(source, "name");
        var prefix = name.Length > 0 ? $"{name}: " : "";
        var target = metric.At(source, "target");
        var current = status.At(source, "current");
        return target.At("averageUtilization") is not null
            ? $"{prefix}{Percent(current)}/{target.Text("averageUtilization")}%"
            : $"{prefix}{Amount(current, target)}";
    }

    private static string Percent(JsonNode? current) => current.At("averageUtilization") is null ? Unknown : $"{current.Text("averageUtilization")}%";

    private static string Amount(JsonNode? current, JsonNode? target) => target.At("averageValue") is not null
        ? $"{current.Text("averageValue").Or(Unknown)}/{target.Text("averageValue")} (avg)"
        : $"{current.Text("value").Or(Unknown)}/{target.Text("value")}";
}
