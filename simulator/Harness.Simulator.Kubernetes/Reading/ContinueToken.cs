using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harness.Kubernetes.Objects.Json;
using Harness.Simulator.Kubernetes.Errors;

namespace Harness.Simulator.Kubernetes.Reading;

/// <summary>
/// Where the next page of a list begins: after which path, and at which revision (-1: at the present one, though inconsistent with the
/// pages before).
/// </summary>
internal sealed record ContinueToken(long Revision, string Start)
{
    private const string Version = "meta.k8s.io/v1";

    /// <summary>The token's text; the path is told relative to the list's own.</summary>
    public string Encode(string prefix)
    {
        string start = Start.StartsWith(prefix, StringComparison.Ordinal) ? Start[prefix.Length..] : Start;
        var document = new JsonObject { ["v"] = Version, ["rv"] = Revision, ["start"] = "/" + start };
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, KubernetesJson.WriterOptions))
        {
            document.WriteTo(writer);
        }

        return Base64Url.EncodeToString(bytes.ToArray());
    }

    /// <exception cref="ApiStatusException">The text is no token.</exception>
    public static ContinueToken Decode(string text, string prefix)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - text.Length % 4) % 4));
        }
        catch (FormatException)
        {
            throw Invalid("illegal base64 data at input byte 0");
        }

        try
        {
            var document = JsonNode.Parse(bytes)!.AsObject();
            if (document["v"]?.GetValue<string>() != Version)
            {
                throw Invalid("server does not recognize this encoded version");
            }

            return new ContinueToken(document["rv"]!.GetValue<long>(), prefix + document["start"]!.GetValue<string>().TrimStart('/'));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            string first = bytes.Length == 0 ? "unexpected end of JSON input" : string.Create(CultureInfo.InvariantCulture,
                $"invalid character '{(char)bytes[0]}' looking for beginning of value");
            throw Invalid(first);
        }
    }

    private static ApiStatusException Invalid(string why) => ApiErrors.BadRequest($"invalid continue token: continue key is not valid: {why}");
}
