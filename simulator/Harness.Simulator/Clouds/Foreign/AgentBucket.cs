using System.Net;
using System.Text;
using Harness.Ec2.S3;

namespace Harness.Simulator.Clouds.Foreign;

/// <summary>
/// The bucket that the provider's bootstrap configuration names, with one object where the agent would be. Hosts start their agent
/// themselves; the object is there so that a presigned URL to it answers. Thread-safe.
/// </summary>
internal sealed class AgentBucket(CloudAccess access, string name, TimeProvider time)
{
    public const string Key = "vkvm-agent";

    private const string DefaultLocation = "us-east-1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public string Name => name;

    /// <exception cref="HttpRequestException">S3 does not answer, or refused; the message tells.</exception>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        var location = access.Region == DefaultLocation
            ? ""
            : $"<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>{access.Region}</LocationConstraint></CreateBucketConfiguration>";
        await SendAsync(HttpMethod.Put, "", location, cancellationToken);
        await SendAsync(HttpMethod.Put, Key, "Hosts of this simulator start their agent themselves.\n", cancellationToken);
    }

    /// <summary>Removes the object and the bucket; what is not there is no error.</summary>
    /// <exception cref="HttpRequestException">S3 does not answer, or refused; the message tells.</exception>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await SendAsync(HttpMethod.Delete, Key, null, cancellationToken);
        await SendAsync(HttpMethod.Delete, "", null, cancellationToken);
    }

    private async Task SendAsync(HttpMethod method, string key, string? body, CancellationToken cancellationToken)
    {
        var target = new S3Object(name, key, access.Region, access.Endpoint);
        var url = S3PresignedUrl.For(method.Method, target, access.Credentials(), time.GetUtcNow(), TimeSpan.FromMinutes(5));
        using var client = new HttpClient { Timeout = Patience };
        using var request = new HttpRequestMessage(method, url) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/octet-stream") };
        using var answer = await client.SendAsync(request, cancellationToken);
        var isGone = method == HttpMethod.Delete && answer.StatusCode == HttpStatusCode.NotFound;
        if (!answer.IsSuccessStatusCode && !isGone)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            throw new HttpRequestException($"S3 at {access} answered {method} {name}/{key} with {(int)answer.StatusCode}: {text[..Math.Min(text.Length, 300)]}");
        }
    }
}
