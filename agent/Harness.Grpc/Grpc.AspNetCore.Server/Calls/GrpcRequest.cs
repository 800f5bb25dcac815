using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Judges and prepares HTTP requests that are to be gRPC calls.</summary>
internal static class GrpcRequest
{
    /// <summary>True for <c>application/grpc</c>, alone or with a <c>+suffix</c> or parameters.</summary>
    public static bool HasGrpcContentType(HttpRequest request)
    {
        var contentType = request.ContentType;
        return contentType is not null
            && contentType.StartsWith(WellKnown.ContentType, StringComparison.OrdinalIgnoreCase)
            && (contentType.Length == WellKnown.ContentType.Length || contentType[WellKnown.ContentType.Length] is ';' or '+');
    }

    /// <summary>The HTTP status that refuses a request which is no gRPC call, or null when it is one.</summary>
    public static int? Refusal(HttpRequest request)
    {
        if (!HttpProtocol.IsHttp2(request.Protocol) && !HttpProtocol.IsHttp3(request.Protocol))
        {
            return StatusCodes.Status426UpgradeRequired;
        }

        return HasGrpcContentType(request) ? null : StatusCodes.Status415UnsupportedMediaType;
    }

    /// <summary>A call may send as much as it likes, as slowly as it likes: messages have limits of their own.</summary>
    public static void LiftBodyLimits(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }

    /// <summary>The moment that <c>grpc-timeout</c> means, or null when there is none. A malformed one is ignored.</summary>
    public static DateTime? Deadline(HttpRequest request, TimeProvider timeProvider)
    {
        if (!TimeoutEncoding.TryDecode(request.Headers[WellKnown.TimeoutHeader].ToString(), out var timeout))
        {
            return null;
        }

        var now = timeProvider.GetUtcNow().UtcDateTime;
        return timeout < DateTime.MaxValue - now ? now + timeout : null;
    }

    public static string Encoding(HttpRequest request)
    {
        var encoding = request.Headers[WellKnown.EncodingHeader].ToString();
        return encoding.Length == 0 ? WellKnown.IdentityEncoding : encoding;
    }

    public static bool Accepts(HttpRequest request, string encoding) =>
        request.Headers[WellKnown.AcceptEncodingHeader].ToString()
            .Split(',', StringSplitOptions.TrimEntries)
            .Contains(encoding, StringComparer.Ordinal);

    public static Metadata Headers(HttpRequest request)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in request.Headers)
        {
            foreach (var value in values)
            {
                MetadataHeaders.Add(metadata, name.ToLowerInvariant(), value ?? "");
            }
        }

        return metadata;
    }
}
