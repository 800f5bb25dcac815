namespace Grpc.Core;

/// <summary>Which sides of a call send one message, which send a stream.</summary>
public enum MethodType
{
    Unary,
    ClientStreaming,
    ServerStreaming,
    DuplexStreaming,
}
