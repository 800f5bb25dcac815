using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Harness.Kubernetes.Objects.Json;
using Harness.Kubernetes.Objects.Protobuf;
using Harness.Simulator.Kubernetes.Comparison.Requests;
using Harness.Simulator.Kubernetes.Comparison.Servers;

namespace Harness.Simulator.Kubernetes.Comparison.Playing;

/// <summary>
/// Plays one chapter against one server: fills in what earlier answers gave, speaks an older version of a group where the server has no
/// other, and reads the answers. For one task.
/// </summary>
internal sealed class ServerSession(IApiServer server, Chapter chapter)
{
    private readonly Variables _variables = new();
    private readonly Dictionary<string, string> _spoken = [];

    /// <summary>Finds out which of the chapter's API versions the server offers under an older name.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        foreach (VersionAlias alias in chapter.Aliases)
        {
            if (!await OffersAsync(alias.Version, alias.Resource, cancellationToken))
            {
                _spoken[alias.Version] = alias.Older;
            }
        }
    }

    /// <summary>Sends one step's request; its captures are kept for those after it.</summary>
    public async Task<PlayedStep> PlayAsync(Step step, CancellationToken cancellationToken)
    {
        string target = Spoken(_variables.Fill(step.Target));
        string? body = step.Body is null ? null : Spoken(_variables.Fill(step.Body));
        using HttpRequestMessage request = Request(step, target, body);
        using HttpResponseMessage response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        byte[] bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        string contentType = response.Content.Headers.TryGetValues("Content-Type", out IEnumerable<string>? types) ? types.First() : "";
        bool isWatch = target.Contains("watch=", StringComparison.Ordinal) && response.IsSuccessStatusCode;
        JsonNode? read = Unspoken(await BodyReading.ReadAsync(bytes, contentType, isWatch));
        foreach (Capture capture in step.Captures)
        {
            if (JsonPath.Find(read, capture.Path) is { } value)
            {
                _variables.Set(capture.Variable, value is JsonValue ? value.ToString() : value.ToJsonString());
            }
        }

        return new PlayedStep(step, _variables.Fill(step.Target), body ?? "", new RawAnswer((int)response.StatusCode, contentType,
            Values(response, "Warning"), string.Join(',', Values(response, "Retry-After")), read));
    }

    private async Task<bool> OffersAsync(string version, string resource, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/apis/{version}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Users.AdminToken);
        using HttpResponseMessage answer = await server.Client.SendAsync(request, cancellationToken);
        return answer.IsSuccessStatusCode
            && (await answer.Content.ReadAsStringAsync(cancellationToken)).Contains($"\"{resource}\"", StringComparison.Ordinal);
    }

    private static HttpRequestMessage Request(Step step, string target, string? body)
    {
        var request = new HttpRequestMessage(new HttpMethod(step.Method), new Uri(target, UriKind.Relative));
        if (Users.TokenOf(step.User) is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        string contentType = step.Headers.FirstOrDefault(header => header.Key == "Content-Type").Value ?? "application/json";
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Bytes(body, contentType));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        foreach ((string name, string value) in step.Headers.Where(header => header.Key != "Content-Type"))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (step.Headers.All(header => header.Key != "Accept"))
        {
            request.Headers.TryAddWithoutValidation("Accept", "application/json");
        }

        request.Headers.UserAgent.ParseAdd("compare-apis/1");
        return request;
    }

    /// <summary>The bytes of a body; a JSON object that is to go as protobuf is encoded.</summary>
    private static byte[] Bytes(string body, string contentType) =>
        contentType == "application/vnd.kubernetes.protobuf" && body.StartsWith('{')
            ? KubernetesProtobuf.Encode(KubernetesJson.ReadKind(Encoding.UTF8.GetBytes(body)))
            : Encoding.UTF8.GetBytes(body);

    private static string[] Values(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? [.. values] : [];

    /// <summary>A version that already is the older one stays.</summary>
    private string Spoken(string text) => _spoken.Aggregate(text, (current, alias) => current
        .Replace(alias.Value, alias.Key, StringComparison.Ordinal).Replace(alias.Key, alias.Value, StringComparison.Ordinal));

    private JsonNode? Unspoken(JsonNode? body) => body is null || _spoken.Count == 0
        ? body
        : JsonNode.Parse(_spoken.Aggregate(body.ToJsonString(), (current, alias) => current.Replace(alias.Value, alias.Key, StringComparison.Ordinal)));
}
