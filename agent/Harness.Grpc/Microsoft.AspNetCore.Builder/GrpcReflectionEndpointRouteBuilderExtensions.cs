using Grpc.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps server reflection to an application's endpoints.</summary>
public static class GrpcReflectionEndpointRouteBuilderExtensions
{
    /// <summary>Serves grpc.reflection.v1 and v1alpha: clients can ask which services are mapped, and for the protos of these.</summary>
    public static IEndpointConventionBuilder MapGrpcReflectionService(this IEndpointRouteBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.ServiceProvider.GetService<ReflectionAnswers>() is null)
        {
            throw new InvalidOperationException("Cannot map server reflection: call AddGrpcReflection() on the application's services first.");
        }

        builder.MapGrpcService<AlphaReflectionService>();
        return builder.MapGrpcService<ReflectionService>();
    }
}
