using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables;

/// <summary>One column of a table. Names, types, formats and priorities are the real API server's; the descriptions are our own.</summary>
/// <param name="Name">Heading, in capitals when kubectl prints it.</param>
/// <param name="Description">What the cell tells.</param>
/// <param name="Type">OpenAPI type of the cell.</param>
/// <param name="Priority">0 is always shown, 1 with <c>-o wide</c>.</param>
/// <param name="Format">OpenAPI format; "name" marks the column that names the object.</param>
internal sealed record TableColumn(string Name, string Description, string Type = "string", int Priority = 0, string Format = "")
{
    public static TableColumn ObjectName { get; } = new("Name", "Name of the object, unique within its namespace.", Format: "name");

    public static TableColumn Age { get; } = new("Age", "Time since the object was created.");

    public static TableColumn CreatedAt { get; } = new("Created At", "When the object was created.", "date");

    public static TableColumn Integer(string name, string description) => new(name, description, "integer");

    public static TableColumn Wide(string name, string description) => new(name, description, Priority: 1);

    /// <summary>The columns of a pod template that come with <c>-o wide</c>.</summary>
    public static TableColumn[] Template { get; } =
    [
        Wide("Containers", "Names of the template's containers."),
        Wide("Images", "Images of the template's containers."),
    ];

    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["type"] = Type,
        ["format"] = Format,
        ["description"] = Description,
        ["priority"] = Priority,
    };
}
