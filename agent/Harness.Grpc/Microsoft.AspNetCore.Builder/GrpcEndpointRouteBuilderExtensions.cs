using System.Reflection;
using Grpc.AspNetCore.Server.Calls;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps gRPC services to an application's endpoints.</summary>
public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Serves the methods of <typeparamref name="TService"/>, which derives from a generated service base. It is taken from
    /// the request's services when registered there; otherwise an instance is made, and disposed, for each call.
    /// </summary>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.ServiceProvider.GetService<ServerServices>()
            ?? throw new InvalidOperationException(
                $"Cannot map the gRPC service {typeof(TService).Name}: call AddGrpc() on the application's services first.");
        var binder = new ServiceMethodBinder<TService>(builder, services);
        Bind(typeof(TService), binder);
        UnimplementedEndpoints.Map(builder, services, binder.IgnoresUnknownMethods ? [] : binder.ServiceNames);
        return new GrpcServiceEndpointConventionBuilder(binder.Endpoints);
    }

    private static void Bind(Type service, ServiceBinderBase binder)
    {
        for (var type = service; type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } attribute)
            {
                var bind = attribute.BindType.GetMethod(
                    attribute.BindMethodName, BindingFlags.Public | BindingFlags.Static, [typeof(ServiceBinderBase), type])
                    ?? throw new InvalidOperationException(
                        $"{attribute.BindType} has no method {attribute.BindMethodName}(ServiceBinderBase, {type.Name}); generate it anew.");
                bind.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [binder, null], null);
                return;
            }
        }

        throw new InvalidOperationException(
            $"{service} is no gRPC service: neither it nor a base class of it has the attribute BindServiceMethod.");
    }
}
