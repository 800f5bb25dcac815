using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Tests.Hosting;

/// <summary>Short forms for tests that bring their own service.</summary>
internal static class HostExtensions
{
    public static void MapGrpcServiceOf<TService>(this WebApplication application)
        where TService : class => application.MapGrpcService<TService>();

    public static void AddInstance<TService>(this IServiceCollection services, TService instance)
        where TService : class => services.AddSingleton(instance);
}
