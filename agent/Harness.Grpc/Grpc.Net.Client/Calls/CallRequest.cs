using System.Net;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>Makes the HTTP request of a call.</summary>
internal static class CallRequest
{
    private static readonly string UserAgent = $"harness-grpc/{typeof(CallRequest).Assembly.GetName().Version?.ToString(3)}";

    public static HttpRequestMessage Create(
        Uri address, IMethod method, string? host, Metadata? headers, TimeSpan? timeout, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, method.FullName))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        content.Headers.TryAddWithoutValidation("content-type", WellKnown.ContentType);
        request.Headers.TryAddWithoutValidation("te", "trailers");
        request.Headers.TryAddWithoutValidation(WellKnown.AcceptEncodingHeader, WellKnown.AcceptedEncodings);
        request.Headers.Host = host;
        if (timeout is { } remaining)
        {
            request.Headers.TryAddWithoutValidation(WellKnown.TimeoutHeader, TimeoutEncoding.Encode(remaining));
        }

        AddMetadata(request, headers);
        return request;
    }

    /// <summary>The encoding that the caller asks for its request messages, by metadata that stays here.</summary>
    public static string EncodingOf(Metadata? headers) =>
        headers?.GetValue(WellKnown.RequestEncodingMetadata) ?? WellKnown.IdentityEncoding;

    private static void AddMetadata(HttpRequestMessage request, Metadata? headers)
    {
        foreach (var entry in headers ?? Metadata.Empty)
        {
            if (!MetadataHeaders.IsReserved(entry.Key))
            {
                request.Headers.TryAddWithoutValidation(entry.Key, MetadataHeaders.ToHeaderValue(entry));
            }
        }

        if (EncodingOf(headers) != WellKnown.IdentityEncoding)
        {
            request.Headers.TryAddWithoutValidation(WellKnown.EncodingHeader, EncodingOf(headers));
        }

        if (!request.Headers.NonValidated.Contains("user-agent"))
        {
            request.Headers.TryAddWithoutValidation("user-agent", UserAgent);
        }
    }
}
