using System.Net;
using Amazon.Runtime;

namespace Harness.Ec2;

/// <summary>
/// Sorts failures by what they mean. Codes are those of the EC2 API reference, "Error codes". Pure functions.
/// </summary>
internal static class Ec2ErrorClassifier
{
    public static Ec2ErrorKind Classify(string? code, HttpStatusCode status) => code switch
    {
        "RequestLimitExceeded" or "Throttling" or "ThrottlingException" or "ThrottledException" or "RequestThrottled"
            or "RequestThrottledException" or "TooManyRequestsException" or "BandwidthLimitExceeded" or "SlowDown"
            or "PriorRequestNotComplete" or "EC2ThrottledException" => Ec2ErrorKind.Throttled,
        "InsufficientInstanceCapacity" or "InsufficientHostCapacity" or "InsufficientCapacity" or "InsufficientAddressCapacity"
            or "InsufficientReservedInstanceCapacity" or "InsufficientVolumeCapacity" or "InsufficientFreeAddressesInSubnet"
            or "MaxSpotInstanceCountExceeded" or "Unsupported.Capacity" => Ec2ErrorKind.Capacity,
        _ => ByStatus(code, status),
    };

    /// <summary>For an exception that carries no answer of EC2.</summary>
    public static Ec2ErrorKind Classify(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case Ec2Exception known:
                    return known.Kind;
                case HttpRequestException
                {
                    HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
                }:
                    return Ec2ErrorKind.NotSent;
                case HttpRequestException or OperationCanceledException or TimeoutException or IOException or AmazonUnmarshallingException:
                    return Ec2ErrorKind.Unknown;
            }
        }

        return exception is AmazonClientException ? Ec2ErrorKind.NotSent : Ec2ErrorKind.Unknown;
    }

    private static Ec2ErrorKind ByStatus(string? code, HttpStatusCode status)
    {
        if (status == HttpStatusCode.TooManyRequests)
        {
            return Ec2ErrorKind.Throttled;
        }

        return (int)status is >= 400 and < 500 && code is not null && status != HttpStatusCode.RequestTimeout
            ? Ec2ErrorKind.Refused
            : Ec2ErrorKind.Unknown;
    }
}
