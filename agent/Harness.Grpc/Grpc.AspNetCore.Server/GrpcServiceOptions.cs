using Grpc.Wire;

namespace Grpc.AspNetCore.Server;

/// <summary>How services are served. Read once, when a service is mapped.</summary>
public class GrpcServiceOptions
{
    /// <summary>Bytes; null (the default): no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>Bytes; null: no limit. Default 4 MiB.</summary>
    public int? MaxReceiveMessageSize { get; set; } = WellKnown.DefaultMaxReceiveMessageSize;

    /// <summary>Whether clients are told the type and message of exceptions that handlers throw.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary><c>gzip</c> compresses responses for clients that accept it; null: nothing is compressed.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    /// <summary>
    /// True: a gRPC call to what is not mapped goes on through the application's other endpoints; otherwise it is answered with UNIMPLEMENTED.
    /// </summary>
    public bool? IgnoreUnknownServices { get; set; }

    /// <summary>Stand around each call, the first outermost; a service's own stand within those of all services.</summary>
    public InterceptorCollection Interceptors { get; } = [];

    internal void CopyFrom(GrpcServiceOptions other)
    {
        MaxSendMessageSize = other.MaxSendMessageSize;
        MaxReceiveMessageSize = other.MaxReceiveMessageSize;
        EnableDetailedErrors = other.EnableDetailedErrors;
        ResponseCompressionAlgorithm = other.ResponseCompressionAlgorithm;
        IgnoreUnknownServices = other.IgnoreUnknownServices;
        foreach (var interceptor in other.Interceptors)
        {
            Interceptors.Add(interceptor);
        }
    }
}
