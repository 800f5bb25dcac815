using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Harness.Simulator.Kubernetes.Tests.Serving;

/// <summary>
/// Requests that a real API server (1.34) refused, sent to ours: same code, same body but for what differs on each run.
/// </summary>
public sealed partial class ErrorGoldenTests(ErrorGoldenCluster prepared) : IClassFixture<ErrorGoldenCluster>
{
    public static TheoryData<string> Names => [.. Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "goldens", "errors"), "*.json")
        .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Send_RecordedRequest_IsRefusedAlike(string name)
    {
        JsonNode golden = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "goldens", "errors", name + ".json")))!;
        using HttpRequestMessage request = Request(golden["request"]!);
        HttpClient client = name.Contains("anonymous", StringComparison.Ordinal) ? prepared.Cluster.Anonymous : prepared.Cluster.Admin;
        using HttpResponseMessage answer = await client.SendAsync(request);
        byte[] body = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal((int)golden["response"]!["status"]!, (int)answer.StatusCode);
        Assert.Equal(Normal(Expected(golden["response"]!["body"]!)), Normal(IsJson(golden) ? Compact(body) : Encoding.Latin1.GetString(body)));
    }

    private static bool IsJson(JsonNode golden) => golden["response"]!["body"]!["json"] is not null;

    private static string Expected(JsonNode body) => body["json"] is { } json ? json.ToJsonString()
        : body["text"] is { } text ? Encoding.Latin1.GetString(Encoding.UTF8.GetBytes((string)text!))
        : Encoding.Latin1.GetString(Convert.FromBase64String((string)body["base64"]!));

    private static string Compact(byte[] body) => JsonNode.Parse(body)!.ToJsonString();

    private static string Normal(string text) => Uid().Replace(Version().Replace(text, "record (N)"), "UID");

    private static HttpRequestMessage Request(JsonNode recorded)
    {
        var request = new HttpRequestMessage(new HttpMethod((string)recorded["method"]!), (string)recorded["path"]!);
        JsonObject headers = recorded["headers"]!.AsObject();
        if (recorded["body"] is { } body)
        {
            request.Content = new ByteArrayContent(body["json"] is { } json ? Encoding.UTF8.GetBytes(json.ToJsonString())
                : body["base64"] is { } bytes ? Convert.FromBase64String((string)bytes!)
                : Encoding.UTF8.GetBytes((string)body["text"]!));
        }

        foreach ((string name, JsonNode? value) in headers)
        {
            if (name == "Content-Type")
            {
                request.Content ??= new ByteArrayContent([]);
                request.Content.Headers.TryAddWithoutValidation(name, (string)value!);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, (string)value!);
            }
        }

        return request;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uid();

    [GeneratedRegex(@"record \(\d+\)")]
    private static partial Regex Version();
}
