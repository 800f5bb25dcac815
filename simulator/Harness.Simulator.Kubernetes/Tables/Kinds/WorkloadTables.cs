using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables.Kinds;

/// <summary>Prints the kinds that keep pods running. Pure.</summary>
internal static class WorkloadTables
{
    private static readonly TableColumn _selector = TableColumn.Wide("Selector", "Labels of the pods that belong to the object.");

    public static TableKind Deployment { get; } = new(
        [
            TableColumn.ObjectName,
            new("Ready", "Pods that are ready, of those wanted."),
            new("Up-to-date", "Pods that were made from the present template."),
            new("Available", "Pods that have been ready for long enough."),
            TableColumn.Age,
            .. TableColumn.Template,
            _selector,
        ],
        (item, now) =>
        [
            Cell.Name(item),
            $"{item.Number("status", "readyReplicas")}/{item.Number("spec", "replicas")}",
            item.Number("status", "updatedReplicas"),
            item.Number("status", "availableReplicas"),
            Age.Of(item, now),
            .. Template(item),
        ]);

    public static TableKind ReplicaSet { get; } = new(
        [.. ReplicaColumns()],
        (item, now) => [.. Replicas(item, now), Cell.Selector(item.At("spec", "selector"))]);

    public static TableKind ReplicationController { get; } = new(
        [.. ReplicaColumns()],
        (item, now) => [.. Replicas(item, now), Cell.Labels(item.At("spec", "selector"))]);

    public static TableKind DaemonSet { get; } = new(
        [
            TableColumn.ObjectName,
            TableColumn.Integer("Desired", "Nodes that should run the pod."),
            TableColumn.Integer("Current", "Nodes that should and do run the pod."),
            TableColumn.Integer("Ready", "Nodes on which the pod is ready."),
            TableColumn.Integer("Up-to-date", "Nodes whose pod was made from the present template."),
            TableColumn.Integer("Available", "Nodes on which the pod has been ready for long enough."),
            new("Node Selector", "Labels of the nodes that should run the pod."),
            TableColumn.Age,
            .. TableColumn.Template,
            _selector,
        ],
        (item, now) =>
        [
            Cell.Name(item),
            item.Number("status", "desiredNumberScheduled"),
            item.Number("status", "currentNumberScheduled"),
            item.Number("status", "numberReady"),
            item.Number("status", "updatedNumberScheduled"),
            item.Number("status", "numberAvailable"),
            Cell.Labels(item.At("spec", "template", "spec", "nodeSelector")),
            Age.Of(item, now),
            .. Template(item),
        ]);

    public static TableKind StatefulSet { get; } = new(
        [TableColumn.ObjectName, new("Ready", "Pods that are ready, of those wanted."), TableColumn.Age, .. TableColumn.Template],
        (item, now) =>
        [
            Cell.Name(item),
            $"{item.Number("status", "readyReplicas")}/{item.Number("spec", "replicas")}",
            Age.Of(item, now),
            Cell.Containers(item.At("spec", "template")),
            Cell.Images(item.At("spec", "template")),
        ]);

    public static TableKind ControllerRevision { get; } = new(
        [
            TableColumn.ObjectName,
            new("Controller", "Object whose history this is."),
            new("Revision", "Number of the revision."),
            TableColumn.Age,
        ],
        (item, now) => [Cell.Name(item), Controller(item), item.Number("revision"), Age.Of(item, now)]);

    private static TableColumn[] ReplicaColumns() =>
    [
        TableColumn.ObjectName,
        TableColumn.Integer("Desired", "Pods that are wanted."),
        TableColumn.Integer("Current", "Pods that there are."),
        TableColumn.Integer("Ready", "Pods that are ready."),
        TableColumn.Age,
        .. TableColumn.Template,
        _selector,
    ];

    private static JsonNode?[] Replicas(JsonObject item, DateTimeOffset now) =>
    [
        Cell.Name(item),
        item.Number("spec", "replicas"),
        item.Number("status", "replicas"),
        item.Number("status", "readyReplicas"),
        Age.Of(item, now),
        Cell.Containers(item.At("spec", "template")),
        Cell.Images(item.At("spec", "template")),
    ];

    private static JsonNode?[] Template(JsonObject item) =>
    [
        Cell.Containers(item.At("spec", "template")),
        Cell.Images(item.At("spec", "template")),
        Cell.Selector(item.At("spec", "selector")),
    ];

    private static string Controller(JsonObject item)
    {
        var owner = item.Items("metadata", "ownerReferences").FirstOrDefault(reference => reference.Flag("controller"));
        if (owner is null)
        {
            return Cell.None;
        }

        var group = owner.Text("apiVersion").Split('/') is [var name, _] ? $".{name}" : "";
        return $"{owner.Text("kind").ToLowerInvariant()}{group}/{owner.Text("name")}";
    }
}
