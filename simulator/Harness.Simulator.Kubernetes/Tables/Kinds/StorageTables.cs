using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables.Kinds;

/// <summary>Prints the storage kinds. Pure.</summary>
internal static class StorageTables
{
    private const string Unset = "<unset>";
    private const string OldStorageClass = "volume.beta.kubernetes.io/storage-class";

    public static TableKind PersistentVolume { get; } = new(
        [
            TableColumn.ObjectName,
            new("Capacity", "Size of the volume."),
            new("Access Modes", "Ways in which the volume can be mounted."),
            new("Reclaim Policy", "What becomes of the volume without its claim."),
            new("Status", "Whether the volume is free, bound, released or failed."),
            new("Claim", "Claim that the volume is bound to."),
            new("StorageClass", "Class of the volume."),
            new("VolumeAttributesClass", "Attributes class of the volume."),
            new("Reason", "Why the status is what it is."),
            TableColumn.Age,
            TableColumn.Wide("VolumeMode", "File system or block device."),
        ],
        (item, now) =>
        [
            Cell.Name(item),
            item.Text("spec", "capacity", "storage"),
            AccessModes(item.Items("spec", "accessModes")),
            item.Text("spec", "persistentVolumeReclaimPolicy"),
            Phase(item),
            item.At("spec", "claimRef") is { } claim ? $"{claim.Text("namespace")}/{claim.Text("name")}" : "",
            StorageClassOf(item),
            item.Text("spec", "volumeAttributesClassName").Or(Unset),
            item.Text("status", "reason"),
            Age.Of(item, now),
            item.Text("spec", "volumeMode").Or(Unset),
        ]);

    public static TableKind PersistentVolumeClaim { get; } = new(
        [
            TableColumn.ObjectName,
            new("Status", "Whether the claim is waiting, bound or lost."),
            new("Volume", "Volume that the claim is bound to."),
            new("Capacity", "Size of that volume."),
            new("Access Modes", "Ways in which the volume can be mounted."),
            new("StorageClass", "Class that is asked for."),
            new("VolumeAttributesClass", "Attributes class that is asked for."),
            TableColumn.Age,
            TableColumn.Wide("VolumeMode", "File system or block device."),
        ],
        (item, now) =>
        [
            Cell.Name(item),
            Phase(item),
            item.Text("spec", "volumeName"),
            item.Text("spec", "volumeName").Length > 0 ? item.Text("status", "capacity", "storage") : "",
            item.Text("spec", "volumeName").Length > 0 ? AccessModes(item.Items("status", "accessModes")) : "",
            StorageClassOf(item),
            item.Text("spec", "volumeAttributesClassName").Or(Unset),
            Age.Of(item, now),
            item.Text("spec", "volumeMode").Or(Unset),
        ]);

    public static TableKind StorageClass { get; } = new(
        [
            TableColumn.ObjectName,
            new("Provisioner", "Who makes the volumes."),
            new("ReclaimPolicy", "What becomes of volumes without their claim."),
            new("VolumeBindingMode", "Whether volumes are made at once or with their first pod."),
            new("AllowVolumeExpansion", "Whether volumes can grow."),
            TableColumn.Age,
        ],
        (item, now) =>
        [
            IsDefault(item) ? $"{Cell.Name(item)} (default)" : Cell.Name(item),
            item.Text("provisioner"),
            item.Text("reclaimPolicy").Or("Delete"),
            item.Text("volumeBindingMode").Or("Immediate"),
            item.Flag("allowVolumeExpansion"),
            Age.Of(item, now),
        ]);

    public static TableKind CSINode { get; } = new(
        [TableColumn.ObjectName, TableColumn.Integer("Drivers", "Number of CSI drivers on the node."), TableColumn.Age],
        (item, now) => [Cell.Name(item), item.Items("spec", "drivers").Count, Age.Of(item, now)]);

    private static string Phase(JsonObject item) =>
        item.At("metadata", "deletionTimestamp") is null ? item.Text("status", "phase") : "Terminating";

    private static string StorageClassOf(JsonObject item) =>
        item.Text("metadata", "annotations", OldStorageClass).Or(item.Text("spec", "storageClassName"));

    private static string AccessModes(JsonArray modes)
    {
        var names = modes.Select(mode => mode.Text()).ToHashSet();
        (string Mode, string Short)[] known =
            [("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"), ("ReadWriteOncePod", "RWOP")];
        return string.Join(',', known.Where(mode => names.Contains(mode.Mode)).Select(mode => mode.Short));
    }

    private static bool IsDefault(JsonObject item) =>
        item.Text("metadata", "annotations", "storageclass.kubernetes.io/is-default-class") == "true"
        || item.Text("metadata", "annotations", "storageclass.beta.kubernetes.io/is-default-class") == "true";
}
