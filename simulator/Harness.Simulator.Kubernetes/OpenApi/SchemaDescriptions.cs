using System.Collections.Frozen;
using System.Reflection;
using Google.Protobuf.Reflection;

namespace Harness.Simulator.Kubernetes.OpenApi;

/// <summary>
/// What <c>kubectl explain</c> says of types and fields: our own words, from the embedded table descriptions.tsv (name, tab, text; a name
/// is a message, a field of it, or <c>*.field</c> for a field that means the same wherever it stands). Read once, immutable.
/// </summary>
internal static class SchemaDescriptions
{
    public const string ApiVersion = "Group and version of the API that the object is written in, such as v1 or apps/v1.";
    public const string Kind = "What kind of object this is, such as Pod.";

    private const string Table = "Harness.Simulator.Kubernetes.OpenApi.descriptions.tsv";

    private static readonly FrozenDictionary<string, string> _texts = Read();

    public static string? Of(MessageDescriptor message) => _texts.GetValueOrDefault(message.Name);

    public static string? Of(MessageDescriptor message, FieldDescriptor field) =>
        _texts.GetValueOrDefault($"{message.Name}.{field.JsonName}") ?? _texts.GetValueOrDefault($"*.{field.JsonName}");

    private static FrozenDictionary<string, string> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Table)
            ?? throw new InvalidOperationException($"The embedded table {Table} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('\t') is [var name, var text])
            {
                texts[name] = text;
            }
        }

        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
