using System.Globalization;
using System.Text.Json;

namespace Harness.Provider.Configuration;

/// <summary>
/// One object of the configuration file. Each typed read knows its default, its range and its key's full name for the error;
/// numbers and truth values are read from strings too, as existing files have both. Keys match whatever their case. What was
/// never read is told by <see cref="UnknownKeys"/>. Used by one reader on one thread.
/// </summary>
internal sealed class ConfigurationSection
{
    private readonly string _file;
    private readonly string _path;
    private readonly Dictionary<string, JsonProperty> _properties = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _read = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ConfigurationSection> _children = [];

    public ConfigurationSection(string file, string path, JsonElement? element)
    {
        _file = file;
        _path = path;
        if (element is not { } value)
        {
            return;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new ConfigurationException($"{file}: {(path.Length == 0 ? "the file" : path)} is not a JSON object; write {{ … }}.");
        }

        foreach (var property in value.EnumerateObject())
        {
            _properties[property.Name] = property;
        }
    }

    /// <summary>Full names of the keys that no one asked for, here and below.</summary>
    public IEnumerable<string> UnknownKeys =>
        _properties.Values.Where(property => !_read.Contains(property.Name)).Select(property => Full(property.Name))
            .Concat(_children.SelectMany(child => child.UnknownKeys));

    public string? Text(string key)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(key, value, "is not a text", "\"…\"");
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    public string Text(string key, string fallback) => Text(key) ?? fallback;

    public string RequiredText(string key, string example) =>
        Text(key) ?? throw new ConfigurationException($"{_file}: {Full(key)} is missing; add it, for example \"{key}\": \"{example}\".");

    public int Integer(string key, int fallback, int min, int max) => OptionalInteger(key, min, max) ?? fallback;

    public int? OptionalInteger(string key, int min, int max)
    {
        if (Find(key) is not { } value || IsBlank(value))
        {
            return null;
        }

        var text = Scalar(value);
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw Wrong(key, value, $"is not a whole number from {min} to {max}", min > 0 ? min.ToString(CultureInfo.InvariantCulture) : "1");
    }

    public double Number(string key, double fallback, double min, double max)
    {
        if (Find(key) is not { } value || IsBlank(value))
        {
            return fallback;
        }

        return double.TryParse(Scalar(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw Wrong(key, value, string.Create(CultureInfo.InvariantCulture, $"is not a number from {min} to {max}"),
                fallback.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A duration written in seconds; fractions are allowed.</summary>
    public TimeSpan Seconds(string key, double fallback, double min = 0, double max = 86400 * 7) =>
        TimeSpan.FromSeconds(Number(key, fallback, min, max));

    public bool Truth(string key, bool fallback)
    {
        if (Find(key) is not { } value || IsBlank(value))
        {
            return fallback;
        }

        return bool.TryParse(Scalar(value), out var truth) ? truth : throw Wrong(key, value, "is neither true nor false", "true");
    }

    public T Choice<T>(string key, T fallback) where T : struct, Enum
    {
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        return Enum.TryParse<T>(text, ignoreCase: true, out var choice) && Enum.IsDefined(choice) && !char.IsAsciiDigit(text[0])
            ? choice
            : throw Wrong(key, Find(key)!.Value, "is none of " + string.Join(", ", Enum.GetNames<T>()), fallback.ToString());
    }

    /// <summary>A list of texts; a single text with commas is read as one too.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        if (Find(key) is not { } value || value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString()!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }

        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : throw Wrong(key, value, "is not a list of texts", "[\"…\"]");
    }

    public IReadOnlyDictionary<string, string> TextMap(string key)
    {
        if (Find(key) is not { } value || value.ValueKind == JsonValueKind.Null)
        {
            return new Dictionary<string, string>();
        }

        return value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(item => item.Value.ValueKind == JsonValueKind.String)
            ? value.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetString()!)
            : throw Wrong(key, value, "is not an object of texts", "{ \"name\": \"value\" }");
    }

    public ConfigurationSection Section(string key)
    {
        var value = Find(key);
        var section = new ConfigurationSection(_file, Full(key), value is { ValueKind: JsonValueKind.Null } ? null : value);
        _children.Add(section);
        return section;
    }

    public IReadOnlyList<ConfigurationSection> Sections(string key)
    {
        if (Find(key) is not { } value || value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(key, value, "is not a list", "[ { … } ]");
        }

        var sections = value.EnumerateArray().Select((item, index) => new ConfigurationSection(_file, $"{Full(key)}[{index}]", item)).ToList();
        _children.AddRange(sections);
        return sections;
    }

    private JsonElement? Find(string key)
    {
        if (!_properties.TryGetValue(key, out var property))
        {
            return null;
        }

        _read.Add(property.Name);
        return property.Value;
    }

    private string Full(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private static bool IsBlank(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()));

    private static string Scalar(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : value.GetRawText();

    private ConfigurationException Wrong(string key, JsonElement value, string problem, string example)
    {
        var raw = value.GetRawText().ReplaceLineEndings(" ");
        var shown = raw.Length > 60 ? raw[..60] + "…" : raw;
        return new ConfigurationException($"{_file}: {Full(key)}: {shown} {problem}; write for example {example}.");
    }
}
