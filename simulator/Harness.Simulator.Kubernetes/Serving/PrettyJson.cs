using System.Text.Json;
using Harness.Kubernetes.Objects.Json;

namespace Harness.Simulator.Kubernetes.Serving;

/// <summary>JSON over many lines, two spaces deeper for each level, no newline at the end.</summary>
internal static class PrettyJson
{
    private static readonly JsonWriterOptions _options = KubernetesJson.WriterOptions with { Indented = true, NewLine = "\n" };

    public static byte[] Write(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, _options))
        {
            document.WriteTo(writer);
        }

        return bytes.ToArray();
    }
}
