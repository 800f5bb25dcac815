namespace Grpc.Tests.Calls;

/// <summary>What the client programs of others check against our server.</summary>
internal static class ClientContract
{
    public static TheoryData<string> Cases { get; } =
    [
        "unary",
        "empty_message",
        "metadata",
        "failure",
        "exception",
        "missing_method",
        "missing_service",
        "large_message",
        "request_beyond_the_limit",
        "gzip_request",
        "deadline",
        "cancellation",
        "server_streaming",
        "server_streaming_failure",
        "client_streaming",
        "client_streaming_without_messages",
        "client_streaming_failure",
        "duplex",
    ];
}
