namespace Grpc.Wire;

/// <summary>Names on the wire, from "gRPC over HTTP/2" (PROTOCOL-HTTP2.md of the gRPC project).</summary>
internal static class WellKnown
{
    public const string ContentType = "application/grpc";

    public const string StatusHeader = "grpc-status";
    public const string MessageHeader = "grpc-message";
    public const string TimeoutHeader = "grpc-timeout";
    public const string EncodingHeader = "grpc-encoding";
    public const string AcceptEncodingHeader = "grpc-accept-encoding";

    /// <summary>Metadata by which a caller asks for compressed requests; it does not go over the wire.</summary>
    public const string RequestEncodingMetadata = "grpc-internal-encoding-request";

    public const string IdentityEncoding = "identity";
    public const string GzipEncoding = "gzip";
    public const string AcceptedEncodings = "identity,gzip";

    /// <summary>4 MiB, the default limit of received messages in every gRPC implementation.</summary>
    public const int DefaultMaxReceiveMessageSize = 4 * 1024 * 1024;
}
