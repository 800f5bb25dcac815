using System.Text;
using System.Text.Json;

namespace Harness.Kubernetes.Tests.Server;

/// <summary>Reads the recordings beside the tests.</summary>
internal static class Golden
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "goldens", name));

    /// <summary>Lets the server answer as the recorded one did.</summary>
    public static ApiTestServer Replay(this ApiTestServer server, string name)
    {
        using var document = JsonDocument.Parse(Bytes(name));
        var response = document.RootElement.GetProperty("response");
        var headers = response.GetProperty("headers").EnumerateArray().Select(header => (Name: header[0].GetString()!, Value: header[1].GetString()!)).ToList();
        var retryAfter = headers.Where(header => header.Name == "Retry-After").ToArray();
        return server.Answer(
            Body(response.GetProperty("body")), headers.Single(header => header.Name == "Content-Type").Value, response.GetProperty("status").GetInt32(), retryAfter);
    }

    private static byte[] Body(JsonElement body) =>
        body.TryGetProperty("base64", out var base64) ? base64.GetBytesFromBase64()
        : body.TryGetProperty("text", out var text) ? Encoding.UTF8.GetBytes(text.GetString()!)
        : Encoding.UTF8.GetBytes(body.GetProperty("json").GetRawText());
}
