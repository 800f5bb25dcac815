using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables.Kinds;

/// <summary>Prints the small kinds of the core group. Pure.</summary>
internal static class CoreTables
{
    public static TableKind Namespace { get; } = new(
        [TableColumn.ObjectName, new("Status", "Whether the namespace is in use or on its way out."), TableColumn.Age],
        (item, now) => [Cell.Name(item), item.Text("status", "phase"), Age.Of(item, now)]);

    public static TableKind ConfigMap { get; } = new(
        [TableColumn.ObjectName, new("Data", "Number of entries, text and binary."), TableColumn.Age],
        (item, now) => [Cell.Name(item), item.Pairs("data").Count() + item.Pairs("binaryData").Count(), Age.Of(item, now)]);

    public static TableKind Secret { get; } = new(
        [
            TableColumn.ObjectName,
            new("Type", "What the secret is for."),
            new("Data", "Number of entries."),
            TableColumn.Age,
        ],
        (item, now) => [Cell.Name(item), item.Text("type"), item.Pairs("data").Count(), Age.Of(item, now)]);

    public static TableKind ServiceAccount { get; } = new(
        [TableColumn.ObjectName, new("Secrets", "Number of secrets that belong to the account."), TableColumn.Age],
        (item, now) => [Cell.Name(item), item.Items("secrets").Count, Age.Of(item, now)]);

    public static TableKind ResourceQuota { get; } = new(
        [
            TableColumn.ObjectName,
            new("Request", "Requests and counts in use, of those allowed."),
            new("Limit", "Limits in use, of those allowed."),
            TableColumn.Age,
        ],
        (item, now) => [Cell.Name(item), Quota(item, limits: false), Quota(item, limits: true), Age.Of(item, now)]);

    private static string Quota(JsonObject quota, bool limits) => string.Join(", ", quota.Pairs("status", "hard")
        .Where(hard => hard.Key.StartsWith("limits.", StringComparison.Ordinal) == limits)
        .Select(hard => $"{hard.Key}: {quota.Text("status", "used", hard.Key).Or("0")}/{hard.Value}"));
}
