using System.Text.Json.Nodes;
using Harness.Simulator.Kubernetes.Comparison.Playing;

namespace Harness.Simulator.Kubernetes.Comparison.Normalising;

/// <summary>
/// Brings the answers of one play of a chapter into the form in which they are compared: what differs on each run (uids, versions, times,
/// generated names, allocated addresses) is replaced by what it is, everything else stays. For one task.
/// </summary>
internal sealed class AnswerNormaliser(TimeProvider time)
{
    private readonly Labels _labels = new();

    public JsonObject Normalise(PlayedStep played)
    {
        RawAnswer raw = played.Answer;
        string collection = Collection(played);
        _labels.Learn(collection, raw.Body);
        _labels.LearnRefusedName(played.Sent, raw.Body);
        var texts = new TextNormaliser(_labels, time.GetUtcNow());
        var values = new ValueNormaliser(_labels, texts, collection, played.Sent);
        var answer = new JsonObject { ["status"] = raw.Status };
        if (raw.ContentType != "application/json")
        {
            answer["type"] = raw.ContentType;
        }

        if (raw.Warnings.Count > 0)
        {
            answer["warnings"] = new JsonArray([.. raw.Warnings.Select(warning => JsonValue.Create(texts.Normalise(warning)))]);
        }

        if (raw.RetryAfter.Length > 0)
        {
            answer["retryAfter"] = raw.RetryAfter;
        }

        CauseMessage.Shorten(raw.Body);
        answer["body"] = Part(played, raw.Status < 400 ? WithoutRepeatedBookmarks(values.Normalise(raw.Body)) : values.Normalise(raw.Body));
        return answer;
    }

    private static JsonNode? Part(PlayedStep played, JsonNode? body)
    {
        if (played.Answer.Status >= 400)
        {
            return body;
        }

        if (played.Step.ShapeOnly)
        {
            return body is JsonObject document ? new JsonArray([.. document.Select(one => JsonValue.Create(one.Key))]) : body?.GetValueKind().ToString();
        }

        return played.Step.Only is { } path ? JsonPath.Find(body, path)?.DeepClone() : body;
    }

    /// <summary>The collection that a request is about: its path up to the plural.</summary>
    private static string Collection(PlayedStep played)
    {
        string[] parts = played.Target.Split('?')[0].Trim('/').Split('/');
        int prefix = parts[0] == "api" ? 2 : 3;
        return string.Join('/', parts.Length > prefix + 2 && parts[prefix] == "namespaces" ? parts.Take(prefix + 3) : parts.Take(prefix + 1));
    }

    /// <summary>How often a server says how far it is depends on its load.</summary>
    private static JsonNode? WithoutRepeatedBookmarks(JsonNode? body)
    {
        if (body is JsonArray events)
        {
            for (int i = events.Count - 1; i > 0; i--)
            {
                if (IsPlainBookmark(events[i]) && IsPlainBookmark(events[i - 1]))
                {
                    events.RemoveAt(i);
                }
            }
        }

        return body;
    }

    private static bool IsPlainBookmark(JsonNode? one) =>
        one is JsonObject && (string?)one["type"] == "BOOKMARK" && one["object"]?["metadata"]?["annotations"] is null;
}
