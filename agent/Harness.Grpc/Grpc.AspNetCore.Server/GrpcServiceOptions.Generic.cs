namespace Grpc.AspNetCore.Server;

/// <summary>How one service is served, where that differs from <see cref="GrpcServiceOptions"/>.</summary>
public class GrpcServiceOptions<TService> : GrpcServiceOptions
    where TService : class
{
}
