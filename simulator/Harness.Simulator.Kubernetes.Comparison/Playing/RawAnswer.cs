using System.Text.Json.Nodes;

namespace Harness.Simulator.Kubernetes.Comparison.Playing;

/// <summary>An answer as it came, its body read as JSON where it has such a form.</summary>
/// <param name="Status">HTTP status code.</param>
/// <param name="ContentType">Content type; empty when there is none.</param>
/// <param name="Warnings">The Warning headers.</param>
/// <param name="RetryAfter">The Retry-After header; empty when there is none.</param>
/// <param name="Body">The body: a document, an array of a watch's events, or a text; null when it is empty.</param>
internal sealed record RawAnswer(int Status, string ContentType, IReadOnlyList<string> Warnings, string RetryAfter, JsonNode? Body);
