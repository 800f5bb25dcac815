using System.Net.Sockets;
using System.Security.Authentication;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>Which status a failure of the transport, or of a message, means for its call.</summary>
internal static class FailureStatus
{
    public static Status From(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            if (current is RpcException rpc)
            {
                return rpc.Status;
            }

            if (current is HttpProtocolException protocol)
            {
                return new Status(StatusMapping.FromHttp2Error(protocol.ErrorCode), Describe(exception), exception);
            }
        }

        return new Status(CodeOf(exception), Describe(exception), exception);
    }

    private static StatusCode CodeOf(Exception exception) => exception switch
    {
        OperationCanceledException => StatusCode.Cancelled,
        HttpRequestException { HttpRequestError: HttpRequestError.Unknown, InnerException: { } inner } => CodeOf(inner),
        HttpRequestException { HttpRequestError: HttpRequestError.Unknown } => StatusCode.Internal,
        HttpRequestException or IOException or SocketException or AuthenticationException => StatusCode.Unavailable,
        _ => StatusCode.Internal,
    };

    private static string Describe(Exception exception)
    {
        var text = $"Error of the gRPC call's transport. {exception.GetType().Name}: {exception.Message}";
        return exception.InnerException is { } inner ? $"{text} {inner.GetType().Name}: {inner.Message}" : text;
    }
}
