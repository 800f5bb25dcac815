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
                var code = IsUnansweredPing(protocol) ? StatusCode.Unavailable : StatusMapping.FromHttp2Error(protocol.ErrorCode);
                return new Status(code, Describe(exception), exception);
            }
        }

        return new Status(CodeOf(exception), Describe(exception), exception);
    }

    // SocketsHttpHandler says by the text alone that it was no error of the server's protocol, but silence.
    private static bool IsUnansweredPing(HttpProtocolException exception) => exception.Message.Contains("ping", StringComparison.Ordinal);

    // A cancellation that nobody here asked for, and HttpRequestError.Unknown without an inner exception, are how
    // SocketsHttpHandler reports a connection that was closed before its HTTP/2 settings came, as a server does that wants
    // a client certificate. A call that was cancelled here has its outcome already.
    private static StatusCode CodeOf(Exception exception) => exception switch
    {
        OperationCanceledException { InnerException: TimeoutException } => StatusCode.DeadlineExceeded,
        HttpRequestException { HttpRequestError: HttpRequestError.Unknown, InnerException: { } inner } => CodeOf(inner),
        HttpRequestException or IOException or SocketException or AuthenticationException or OperationCanceledException =>
            StatusCode.Unavailable,
        _ => StatusCode.Internal,
    };

    private static string Describe(Exception exception)
    {
        var text = $"Error of the gRPC call's transport. {exception.GetType().Name}: {exception.Message}";
        return exception.InnerException is { } inner ? $"{text} {inner.GetType().Name}: {inner.Message}" : text;
    }
}
