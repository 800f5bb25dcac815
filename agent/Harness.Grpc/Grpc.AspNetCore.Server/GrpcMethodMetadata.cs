using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>Stands in the metadata of each endpoint that serves a gRPC method. Immutable.</summary>
public sealed class GrpcMethodMetadata
{
    public GrpcMethodMetadata(Type serviceType, IMethod method)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        ArgumentNullException.ThrowIfNull(method);
        ServiceType = serviceType;
        Method = method;
    }

    /// <summary>The type that handles it.</summary>
    public Type ServiceType { get; }

    public IMethod Method { get; }
}
