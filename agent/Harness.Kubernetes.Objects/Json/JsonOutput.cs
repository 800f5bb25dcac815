using System.Text.Json;

namespace Harness.Kubernetes.Objects.Json;

/// <summary>Where a document is being written, and how.</summary>
/// <param name="Writer">The writer, with the encoder of Go.</param>
/// <param name="OnlySet">Whether fields that are not set stay out even where the API server writes them.</param>
internal readonly record struct JsonOutput(Utf8JsonWriter Writer, bool OnlySet);
