using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Comparison.Normalising;

/// <summary>Replaces the values of a body that differ on each run, by where they stand. For one answer.</summary>
internal sealed class ValueNormaliser(Labels labels, TextNormaliser texts, string collection, string sent)
{
    private const int LowestNodePort = 30000;
    private const int HighestNodePort = 32767;

    public JsonNode? Normalise(JsonNode? node, string name = "", JsonObject? owner = null) => node switch
    {
        JsonObject value => Object(value, name),
        JsonArray list => new JsonArray([.. list.Select(item => Item(item, name))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>(), name, owner),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && IsAllocatedPort(value, name) => "<node port>",
        _ => node?.DeepClone(),
    };

    private JsonObject Object(JsonObject value, string name)
    {
        var result = new JsonObject();
        foreach ((string field, JsonNode? child) in value)
        {
            if (IsWordy(field, value, name))
            {
                continue;
            }

            result[texts.Normalise(field)] = field == "managedFields" ? "<managed fields>" : Normalise(child, field, value);
        }

        return result;
    }

    /// <summary>Descriptions of a table's columns are prose of each version.</summary>
    private static bool IsWordy(string field, JsonObject owner, string name) => field == "description" && name == "columnDefinitions" && owner["format"] is not null;

    private JsonNode? Item(JsonNode? item, string name) => name switch
    {
        "cells" when item is JsonValue value && value.GetValueKind() == JsonValueKind.String && TextNormaliser.IsAge(value.GetValue<string>()) => "<age>",
        "cells" when item is JsonValue address && IsAllocated(address.ToString()) => "<cluster ip>",
        _ => Normalise(item, name),
    };

    private bool IsAllocated(string address) => address.StartsWith("10.96.", StringComparison.Ordinal) && !sent.Contains(address, StringComparison.Ordinal);

    private string Text(string value, string name, JsonObject? owner) => (name, owner) switch
    {
        ("resourceVersion", { } metadata) => Version(value, metadata),
        ("continue", _) => Continue(value),
        ("token", { } status) when status.ContainsKey("expirationTimestamp") => "<token>",
        ("clusterIP" or "clusterIPs", _) when IsAllocated(value) => "<cluster ip>",
        _ => texts.Normalise(value),
    };

    private string Version(string value, JsonObject metadata)
    {
        string? name = (metadata["name"] as JsonValue)?.ToString();
        return value is "" or "0" ? value : name is { Length: > 0 } ? labels.Version(collection, name, value) : "<rv>";
    }

    private bool IsAllocatedPort(JsonValue value, string name) =>
        name is "nodePort" or "healthCheckNodePort" && value.GetValue<double>() is >= LowestNodePort and <= HighestNodePort
        && !sent.Contains($"{value.GetValue<double>()}", StringComparison.Ordinal);

    /// <summary>What a continue token says: the form of its text, and where it goes on.</summary>
    private string Continue(string token)
    {
        if (token.Length == 0)
        {
            return token;
        }

        try
        {
            string padded = token.Replace('-', '+').Replace('_', '/') + new string('=', (4 - token.Length % 4) % 4);
            JsonNode decoded = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(padded)))!;
            string version = (long)decoded["rv"]! > 0 ? "<rv>" : decoded["rv"]!.ToString();
            return $"<continue {decoded["v"]} rv {version} start {texts.Normalise(decoded["start"]!.ToString().Replace("\0", "\\0", StringComparison.Ordinal))}>";
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException)
        {
            return $"<unreadable continue token {token}>";
        }
    }
}
