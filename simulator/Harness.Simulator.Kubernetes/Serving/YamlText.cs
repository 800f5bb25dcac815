using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>Documents as YAML with sorted keys, as a Go program writes it.</summary>
internal static class YamlText
{
    private static readonly ISerializer _serializer = new SerializerBuilder().WithQuotingNecessaryStrings(true).Build();

    public static byte[] Write(JsonNode document) => Encoding.UTF8.GetBytes(_serializer.Serialize(Plain(document)!));

    private static object? Plain(JsonNode? node) => node switch
    {
        JsonObject map => new SortedDictionary<string, object?>(map.ToDictionary(one => one.Key, one => Plain(one.Value)), StringComparer.Ordinal),
        JsonArray list => list.Select(Plain).ToList(),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number when value.TryGetValue(out long whole) => whole,
            JsonValueKind.Number => value.GetValue<double>(),
            _ => value.GetValue<string>(),
        },
        _ => null,
    };
}
