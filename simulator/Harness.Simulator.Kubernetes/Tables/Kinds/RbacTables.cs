using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables.Kinds;

/// <summary>Prints role bindings; roles themselves show their name and creation time only. Pure.</summary>
internal static class RbacTables
{
    private static readonly TableColumn[] _columns =
    [
        TableColumn.ObjectName,
        new("Role", "Role that is given."),
        TableColumn.Age,
        TableColumn.Wide("Users", "Users it is given to."),
        TableColumn.Wide("Groups", "Groups it is given to."),
        TableColumn.Wide("ServiceAccounts", "Service accounts it is given to."),
    ];

    public static TableKind RoleBinding { get; } = new(_columns, Cells);

    public static TableKind ClusterRoleBinding { get; } = new(_columns, Cells);

    private static JsonArray Cells(JsonObject item, DateTimeOffset now) =>
    [
        Cell.Name(item),
        $"{item.Text("roleRef", "kind")}/{item.Text("roleRef", "name")}",
        Age.Of(item, now),
        Subjects(item, "User", subject => subject.Text("name")),
        Subjects(item, "Group", subject => subject.Text("name")),
        Subjects(item, "ServiceAccount", subject => $"{subject.Text("namespace")}/{subject.Text("name")}"),
    ];

    private static string Subjects(JsonObject item, string kind, Func<JsonNode?, string> text) =>
        string.Join(", ", item.Items("subjects").Where(subject => subject.Text("kind") == kind).Select(text));
}
