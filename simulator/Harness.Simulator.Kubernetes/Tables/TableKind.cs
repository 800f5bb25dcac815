using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tables;

/// <summary>How one kind is printed: its columns, what makes the cells of an object, and the conditions a row may carry.</summary>
/// <param name="Columns">The columns, in order.</param>
/// <param name="Cells">The cells of an object at a time, one for each column.</param>
/// <param name="Condition">The row's condition (a finished pod has one), or null.</param>
internal sealed record TableKind(
    IReadOnlyList<TableColumn> Columns,
    Func<JsonObject, DateTimeOffset, JsonArray> Cells,
    Func<JsonObject, JsonObject?>? Condition = null);
