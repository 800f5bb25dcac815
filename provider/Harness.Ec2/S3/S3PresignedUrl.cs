using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace Harness.Ec2.S3;

/// <summary>
/// Signs a URL with which anyone may make one call of S3 for a while, such as to GET an object (Amazon S3 API reference, "Authenticating requests: using query
/// parameters (AWS Signature Version 4)"). A pure function: the same object, credentials and time give the same URL, which is what
/// makes a repeated launch request equal to the first.
/// </summary>
public static class S3PresignedUrl
{
    /// <summary>The longest life that S3 accepts.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(7);

    /// <exception cref="ArgumentOutOfRangeException">The lifetime is not between 1 second and 7 days.</exception>
    public static Uri ForGet(S3Object target, ImmutableCredentials credentials, DateTimeOffset signedAt, TimeSpan lifetime) =>
        For("GET", target, credentials, signedAt, lifetime);

    /// <param name="method">The HTTP method, in capital letters.</param>
    /// <param name="target">The object; with an empty key, the bucket itself.</param>
    /// <param name="credentials">In whose name the call is made.</param>
    /// <param name="signedAt">From when on it is valid.</param>
    /// <param name="lifetime">How long it is valid.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is not between 1 second and 7 days.</exception>
    public static Uri For(string method, S3Object target, ImmutableCredentials credentials, DateTimeOffset signedAt, TimeSpan lifetime)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, MaxLifetime);

        var (authority, path, scheme) = Locate(target);
        var time = signedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{time[..8]}/{target.Region}/s3/aws4_request";
        var query = Query(credentials, scope, time, lifetime);
        var canonicalRequest = $"{method}\n{path}\n{query}\nhost:{authority}\n\nhost\nUNSIGNED-PAYLOAD";
        var toSign = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)))}";
        var signature = Hex(Sign(SigningKey(credentials.SecretKey, time[..8], target.Region), toSign));
        return new Uri($"{scheme}://{authority}{path}?{query}&X-Amz-Signature={signature}");
    }

    // A bucket with a dot would not match the wildcard certificate of the virtual host style.
    private static (string Authority, string Path, string Scheme) Locate(S3Object target)
    {
        var key = Encode(target.Key, keepSlash: true);
        if (target.Endpoint is { } endpoint)
        {
            return (endpoint.Authority, $"{endpoint.AbsolutePath.TrimEnd('/')}/{Encode(target.Bucket)}/{key}", endpoint.Scheme);
        }

        var suffix = target.Region.StartsWith("cn-", StringComparison.Ordinal) ? "amazonaws.com.cn" : "amazonaws.com";
        var host = target.Region == "us-east-1" ? $"s3.{suffix}" : $"s3.{target.Region}.{suffix}";
        return target.Bucket.Contains('.', StringComparison.Ordinal)
            ? (host, $"/{Encode(target.Bucket)}/{key}", "https")
            : ($"{target.Bucket}.{host}", $"/{key}", "https");
    }

    private static string Query(ImmutableCredentials credentials, string scope, string time, TimeSpan lifetime)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["X-Amz-Algorithm"] = "AWS4-HMAC-SHA256",
            ["X-Amz-Credential"] = $"{credentials.AccessKey}/{scope}",
            ["X-Amz-Date"] = time,
            ["X-Amz-Expires"] = ((long)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture),
            ["X-Amz-SignedHeaders"] = "host",
        };
        if (credentials.UseToken)
        {
            parameters["X-Amz-Security-Token"] = credentials.Token;
        }

        return string.Join('&', parameters.Select(parameter => $"{parameter.Key}={Encode(parameter.Value)}"));
    }

    private static byte[] SigningKey(string secret, string date, string region)
    {
        var key = Sign(Encoding.UTF8.GetBytes("AWS4" + secret), date);
        return Sign(Sign(Sign(key, region), "s3"), "aws4_request");
    }

    private static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    // RFC 3986's unreserved characters are exactly what S3 leaves as they are.
    private static string Encode(string text, bool keepSlash = false)
    {
        var encoded = Uri.EscapeDataString(text);
        return keepSlash ? encoded.Replace("%2F", "/", StringComparison.Ordinal) : encoded;
    }
}
