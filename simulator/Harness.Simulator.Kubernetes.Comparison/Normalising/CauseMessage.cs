using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Comparison.Normalising;

/// <summary>
/// The message of a refusal repeats its causes; where it does so faithfully, that part is replaced, so that each cause is compared once.
/// </summary>
internal static class CauseMessage
{
    public static void Shorten(JsonNode? body)
    {
        if (body is not JsonObject status || (status["message"] as JsonValue)?.ToString() is not { } message
            || status["details"] is not JsonObject details || details["causes"] is not JsonArray { Count: > 0 } causes)
        {
            return;
        }

        string[] texts = [.. causes.OfType<JsonObject>().Select(cause => $"{cause["field"]}: {cause["message"]}").Distinct()];
        string all = texts.Length > 1 || message.EndsWith(']') ? $"[{string.Join(", ", texts)}]" : texts[0];
        if (message.EndsWith(all, StringComparison.Ordinal))
        {
            status["message"] = message[..^all.Length] + "<causes>";
        }
    }
}
