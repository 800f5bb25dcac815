using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Tests.Defaults;

/// <summary>A document as one line for each leaf, sorted: two of them compare regardless of order, and differ legibly.</summary>
internal static class FlatJson
{
    public static IEnumerable<string> Lines(JsonNode document) => Leaves("", document).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Leaves(string path, JsonNode? node) => node switch
    {
        JsonObject { Count: > 0 } inner => inner.SelectMany(entry => Leaves(path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", entry.Value)),
        JsonArray { Count: > 0 } items => items.SelectMany((item, index) => Leaves($"{path}[{index}]", item)),
        _ => [$"{path}: {node?.ToJsonString() ?? "null"}"],
    };
}
