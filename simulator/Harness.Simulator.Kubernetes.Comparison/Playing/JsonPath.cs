using System.Globalization;
using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Comparison.Playing;

/// <summary>Finds a value in a document by the names and indexes on the way to it. Pure.</summary>
internal static class JsonPath
{
    /// <summary>The value; null when it is not there. A key with dots in it is written with <c>~</c> in their place.</summary>
    public static JsonNode? Find(JsonNode? document, string path) =>
        path.Split('.').Select(part => part.Replace('~', '.')).Aggregate(document, Child);

    private static JsonNode? Child(JsonNode? node, string part) => node switch
    {
        JsonObject parent => parent[part],
        JsonArray list when int.TryParse(part, CultureInfo.InvariantCulture, out int index) && index < list.Count => list[index],
        _ => null,
    };
}
