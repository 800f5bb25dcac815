using System.Globalization;
using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Patching;

/// <summary>
/// A place in a JSON document, RFC 6901, with what the API server's library adds: a negative array index counts from the end.
/// Every operation answers false where the place cannot be reached.
/// </summary>
internal sealed class JsonPointer
{
    private readonly string[] _tokens;

    private JsonPointer(string[] tokens) => _tokens = tokens;

    /// <summary>Whether it points at the document itself.</summary>
    public bool IsRoot => _tokens.Length == 0;

    public static JsonPointer? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return text is null ? null : new([]);
        }

        return text[0] == '/' ? new([.. text[1..].Split('/').Select(Unescape)]) : null;
    }

    public bool TryGet(JsonNode root, out JsonNode? value)
    {
        value = root;
        foreach (var token in _tokens)
        {
            if (!TryStep(value, token, out value))
            {
                return false;
            }
        }

        return true;
    }

    public bool TryAdd(JsonNode root, JsonNode? value)
    {
        if (!TryGetParent(root, out var parent))
        {
            return false;
        }

        if (parent is JsonObject container)
        {
            container[_tokens[^1]] = value;
            return true;
        }

        if (parent is not JsonArray array || !TryIndex(_tokens[^1], array.Count, array.Count, out var index))
        {
            return false;
        }

        array.Insert(index, value);
        return true;
    }

    public bool TryReplace(JsonNode root, JsonNode? value)
    {
        if (!TryGetParent(root, out var parent) || !TryStep(parent, _tokens[^1], out _))
        {
            return false;
        }

        if (parent is JsonObject container)
        {
            container[_tokens[^1]] = value;
            return true;
        }

        var array = (JsonArray)parent!;
        _ = TryIndex(_tokens[^1], array.Count - 1, array.Count, out var index);
        array[index] = value;
        return true;
    }

    public bool TryRemove(JsonNode root)
    {
        if (!TryGetParent(root, out var parent))
        {
            return false;
        }

        if (parent is JsonObject container)
        {
            return container.Remove(_tokens[^1]);
        }

        if (parent is not JsonArray array || _tokens[^1] == "-" || !TryIndex(_tokens[^1], array.Count - 1, array.Count, out var index))
        {
            return false;
        }

        array.RemoveAt(index);
        return true;
    }

    private static string Unescape(string token) => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static bool TryStep(JsonNode? node, string token, out JsonNode? value)
    {
        value = null;
        if (node is JsonObject container)
        {
            return container.TryGetPropertyValue(token, out value);
        }

        if (node is not JsonArray array || token == "-" || !TryIndex(token, array.Count - 1, array.Count, out var index))
        {
            return false;
        }

        value = array[index];
        return true;
    }

    private static bool TryIndex(string token, int last, int end, out int index)
    {
        if (token == "-")
        {
            index = end;
            return true;
        }

        if (!int.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index))
        {
            return false;
        }

        index = index < 0 ? index + last + 1 : index;
        return index >= 0 && index <= last;
    }

    private bool TryGetParent(JsonNode root, out JsonNode? parent)
    {
        parent = root;
        if (IsRoot)
        {
            return false;
        }

        return new JsonPointer(_tokens[..^1]).TryGet(root, out parent);
    }
}
