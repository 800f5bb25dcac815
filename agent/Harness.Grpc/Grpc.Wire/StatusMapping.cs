using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Statuses for answers that carry none, by the gRPC specification's tables.</summary>
internal static class StatusMapping
{
    /// <summary>For an HTTP answer without <c>grpc-status</c> (http-grpc-status-mapping.md).</summary>
    public static StatusCode FromHttpStatus(int httpStatus) => httpStatus switch
    {
        400 => StatusCode.Internal,
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 => StatusCode.Unimplemented,
        429 or 502 or 503 or 504 => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };

    /// <summary>For a stream that was reset with an HTTP/2 error code (PROTOCOL-HTTP2.md, "Errors").</summary>
    public static StatusCode FromHttp2Error(long errorCode) => errorCode switch
    {
        0x0 or 0x1 or 0x2 or 0x3 or 0x4 or 0x6 or 0x9 or 0xa => StatusCode.Internal,
        0x7 => StatusCode.Unavailable,
        0x8 => StatusCode.Cancelled,
        0xb => StatusCode.ResourceExhausted,
        0xc => StatusCode.PermissionDenied,
        _ => StatusCode.Unknown,
    };
}
