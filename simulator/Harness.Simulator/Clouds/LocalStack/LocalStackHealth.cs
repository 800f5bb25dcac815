using System.Text.Json;
using System.Text.Json.Nodes;

namespace Harness.Simulator.Clouds.LocalStack;

/// <summary>What LocalStack says of itself at <c>/_localstack/health</c>. A value.</summary>
/// <param name="Version">Its version, where it tells one.</param>
/// <param name="OffersEc2">Whether EC2 is there, running or to be started by the first call.</param>
internal sealed record LocalStackHealth(string? Version, bool OffersEc2)
{
    /// <summary>Null while it does not answer, or not with what can be read.</summary>
    public static async Task<LocalStackHealth?> ReadAsync(HttpClient client, Uri endpoint, CancellationToken cancellationToken)
    {
        try
        {
            return Parse(await client.GetStringAsync(new Uri(endpoint, "/_localstack/health"), cancellationToken));
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or InvalidOperationException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    internal static LocalStackHealth Parse(string json)
    {
        var document = JsonNode.Parse(json) ?? throw new JsonException("the document is null");
        return new LocalStackHealth((string?)document["version"], (string?)document["services"]?["ec2"] is "available" or "running");
    }
}
