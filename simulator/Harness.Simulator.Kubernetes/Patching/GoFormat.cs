using System.Text.Json;
using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Patching;

/// <summary>Writes JSON as Go prints decoded JSON (<c>%v</c>): the API server puts it into the texts of strategic patch errors.</summary>
internal static class GoFormat
{
    public static string Of(JsonNode? node) => node switch
    {
        null => "<nil>",
        JsonObject map => $"map[{string.Join(' ', map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}:{Of(entry.Value)}"))}]",
        JsonArray list => $"[{string.Join(' ', list.Select(Of))}]",
        _ => node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString(),
    };
}
