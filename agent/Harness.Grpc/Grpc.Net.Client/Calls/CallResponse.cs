using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>Reads what an HTTP response tells about its call.</summary>
internal static class CallResponse
{
    /// <summary>The outcome when the headers already end the call (an error, or a trailers-only answer), else null.</summary>
    public static CallOutcome? EarlyOutcome(HttpResponseMessage response)
    {
        if (ParseStatus(response.Headers) is { } status)
        {
            return new CallOutcome(status, ToMetadata(response.Headers));
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            var code = StatusMapping.FromHttpStatus((int)response.StatusCode);
            return Bad(code, $"HTTP status code: {(int)response.StatusCode}");
        }

        return IsGrpc(response.Content.Headers.ContentType?.MediaType)
            ? null
            : Bad(StatusCode.Unknown, $"Invalid content-type value: {response.Content.Headers.ContentType?.ToString() ?? "none"}");
    }

    /// <summary>The outcome that the trailers tell, once the body was read to its end.</summary>
    public static CallOutcome FinalOutcome(HttpResponseMessage response) => ParseStatus(response.TrailingHeaders) is { } status
        ? new CallOutcome(status, ToMetadata(response.TrailingHeaders))
        : new CallOutcome(new Status(StatusCode.Internal, "No grpc-status found on response."), ToMetadata(response.TrailingHeaders));

    public static string EncodingOf(HttpResponseMessage response) =>
        First(response.Headers, WellKnown.EncodingHeader) ?? WellKnown.IdentityEncoding;

    public static Metadata ToMetadata(HttpResponseHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers.NonValidated)
        {
            foreach (var value in values)
            {
                MetadataHeaders.Add(metadata, name.ToLowerInvariant(), value);
            }
        }

        return metadata;
    }

    private static Status? ParseStatus(HttpResponseHeaders headers) =>
        StatusHeaders.Parse(First(headers, WellKnown.StatusHeader), First(headers, WellKnown.MessageHeader));

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static bool IsGrpc(string? mediaType) =>
        mediaType is not null
        && (mediaType.Equals(WellKnown.ContentType, StringComparison.OrdinalIgnoreCase)
            || mediaType.StartsWith(WellKnown.ContentType + "+", StringComparison.OrdinalIgnoreCase));

    private static CallOutcome Bad(StatusCode code, string what) => new(new Status(code, $"Bad gRPC response. {what}"), Metadata.Empty);
}
