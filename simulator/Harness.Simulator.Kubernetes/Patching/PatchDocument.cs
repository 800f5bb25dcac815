using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Patching;

/// <summary>
/// A patch as it was sent: its JSON, or the text with which the real API server (Go's encoding/json) refuses it. The last of duplicate
/// keys wins, as it does there.
/// </summary>
internal sealed class PatchDocument
{
    private PatchDocument(JsonNode? root, string? error)
    {
        Root = root;
        Error = error;
    }

    /// <summary>The document; null also stands for JSON null.</summary>
    public JsonNode? Root { get; }

    /// <summary>Why the text is no JSON.</summary>
    public string? Error { get; }

    /// <summary>Why the text is no JSON object. JSON null counts as an empty object.</summary>
    public string? ObjectError => Error ?? (Root is null or JsonObject ? null : WrongType("map[string]interface {}"));

    /// <summary>The document as an object; only where <see cref="ObjectError"/> is null.</summary>
    public JsonObject Object => Root as JsonObject ?? [];

    public static PatchDocument Parse(ReadOnlyMemory<byte> text)
    {
        var reader = new Utf8JsonReader(text.Span);
        try
        {
            reader.Read();
            var root = ReadNode(ref reader);
            return reader.Read() ? new(null, Complaint(text.Span, reader.BytesConsumed)) : new(root, null);
        }
        catch (JsonException exception)
        {
            return new(null, Complaint(text.Span, ByteOffset(text.Span, exception)));
        }
    }

    /// <summary>The complaint that the document is of the wrong JSON type for a Go type.</summary>
    public string WrongType(string goType) => $"json: cannot unmarshal {GoKind(Root)} into Go value of type {goType}";

    private static JsonNode? ReadNode(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader),
        JsonTokenType.StartArray => ReadArray(ref reader),
        JsonTokenType.Null => null,
        JsonTokenType.String => JsonValue.Create(reader.GetString()),
        JsonTokenType.True => JsonValue.Create(true),
        JsonTokenType.False => JsonValue.Create(false),
        _ => JsonValue.Create(JsonElement.ParseValue(ref reader)),
    };

    private static JsonObject ReadObject(ref Utf8JsonReader reader)
    {
        var result = new JsonObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            result[name] = ReadNode(ref reader);
        }

        return result;
    }

    private static JsonArray ReadArray(ref Utf8JsonReader reader)
    {
        var result = new JsonArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            result.Add(ReadNode(ref reader));
        }

        return result;
    }

    private static long ByteOffset(ReadOnlySpan<byte> text, JsonException exception)
    {
        var offset = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
        {
            offset += text[offset..].IndexOf((byte)'\n') + 1;
        }

        return offset + (exception.BytePositionInLine ?? 0);
    }

    private static string Complaint(ReadOnlySpan<byte> text, long offset)
    {
        if (offset >= text.Length)
        {
            return "unexpected end of JSON input";
        }

        Rune.DecodeFromUtf8(text[(int)offset..], out var character, out _);
        return $"invalid character '{character}' looking for beginning of value";
    }

    private static string GoKind(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "bool",
        _ => "null",
    };
}
