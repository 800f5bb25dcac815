using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>A document being read: the reader, the path to where it stands, and what it found on the way. Lives for one call.</summary>
internal ref struct JsonInput
{
    private readonly ReadOnlySpan<byte> _source;
    private readonly List<(string? Name, int Index)> _path = [];
    private readonly FieldFindings? _findings;

    public JsonInput(ReadOnlySpan<byte> source, FieldFindings? findings)
    {
        _source = source;
        _findings = findings;
        Reader = new Utf8JsonReader(source, new JsonReaderOptions { MaxDepth = 512 });
    }

    public Utf8JsonReader Reader;

    /// <summary>The message type around the field that is being read: what errors name.</summary>
    public string Owner { get; set; } = "";

    public readonly void Push(string name) => _path.Add((name, 0));

    public readonly void Push(int index) => _path.Add((null, index));

    public readonly void Pop() => _path.RemoveAt(_path.Count - 1);

    public readonly void ReportUnknown(string name)
    {
        if (_findings is not null)
        {
            Push(name);
            _findings.AddUnknown(Path());
            Pop();
        }
    }

    public readonly void ReportDuplicate() => _findings?.AddDuplicate(Path());

    /// <summary>The JSON value at which the reader stands, which is thereby passed.</summary>
    public ReadOnlySpan<byte> TakeRaw()
    {
        var start = (int)Reader.TokenStartIndex;
        Reader.Skip();
        return _source[start..(int)Reader.BytesConsumed];
    }

    /// <summary>The error for a value of another type than the field's.</summary>
    public readonly KubernetesFormatException Mismatch(string goType)
    {
        var value = Reader.TokenType switch
        {
            JsonTokenType.String => "string",
            JsonTokenType.StartArray => "array",
            JsonTokenType.StartObject => "object",
            JsonTokenType.True or JsonTokenType.False => "bool",
            JsonTokenType.Number when goType.StartsWith("int", StringComparison.Ordinal) =>
                $"number {Encoding.UTF8.GetString(Reader.ValueSpan)}",
            JsonTokenType.Number => "number",
            _ => "null",
        };
        var fields = string.Join('.', _path.Where(segment => segment.Name is not null).Select(segment => segment.Name));
        var target = fields.Length == 0 ? "Go value" : $"Go struct field {Owner}.{fields}";
        return Invalid($"json: cannot unmarshal {value} into {target} of type {goType}");
    }

    public readonly KubernetesFormatException Invalid(string reason, Exception? innerException = null) =>
        new(reason, Path(), innerException);

    private readonly string Path()
    {
        var path = new StringBuilder();
        foreach (var (name, index) in _path)
        {
            _ = name is null ? path.Append(CultureInfo.InvariantCulture, $"[{index}]")
                : path.Length == 0 ? path.Append(name)
                : path.Append('.').Append(name);
        }

        return path.ToString();
    }
}
