using System.Globalization;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Between a status and its two header fields.</summary>
internal static class StatusHeaders
{
    /// <summary>The status that the fields tell, or null when there is no <c>grpc-status</c>.</summary>
    public static Status? Parse(string? status, string? message)
    {
        if (status is null)
        {
            return null;
        }

        var detail = message is null ? "" : PercentEncoding.Decode(message);
        return int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && code is >= (int)StatusCode.OK and <= (int)StatusCode.Unauthenticated
            ? new Status((StatusCode)code, detail)
            : new Status(StatusCode.Unknown, detail.Length > 0 ? detail : $"Unexpected grpc-status value '{status}'.");
    }

    public static string FormatCode(Status status) => ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture);

    /// <summary>The encoded message, or null when there is nothing to say.</summary>
    public static string? FormatMessage(Status status) => status.Detail.Length == 0 ? null : PercentEncoding.Encode(status.Detail);
}
