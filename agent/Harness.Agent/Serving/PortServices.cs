using System.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Serving;

/// <summary>
/// The gRPC services of one port. A port has a container of its own; what stands here are instances of the agent's container, which
/// stays their owner, so that a port may come and go while the agent runs. Filled at composition, read when a port opens.
/// </summary>
internal sealed class PortServices(IServiceProvider agent)
{
    private readonly List<Action<IServiceCollection>> _registrations = [];
    private readonly List<Action<IEndpointRouteBuilder>> _routes = [];
    private readonly List<string> _names = [];

    /// <summary>Full names of the services, as callers know them.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Serves the agent's <typeparamref name="TService"/>; it is taken from the agent's container when the port opens.</summary>
    public PortServices Add<TService>() where TService : class
    {
        _registrations.Add(services => services.AddSingleton(agent.GetRequiredService<TService>()));
        _routes.Add(routes => routes.MapGrpcService<TService>());
        _names.Add(NameOf(typeof(TService)));
        return this;
    }

    /// <summary>Serves an instance that the caller owns.</summary>
    public PortServices Add<TService>(TService service) where TService : class
    {
        _registrations.Add(services => services.AddSingleton(service));
        _routes.Add(routes => routes.MapGrpcService<TService>());
        _names.Add(NameOf(typeof(TService)));
        return this;
    }

    public void AddTo(IServiceCollection services)
    {
        // Instances, not factories: the port's container must not dispose of what the agent owns.
        services.AddSingleton(agent.GetRequiredService<TimeProvider>());
        services.Replace(Microsoft.Extensions.DependencyInjection.ServiceDescriptor.Singleton(agent.GetRequiredService<ILoggerFactory>()));
        services.AddGrpc();
        foreach (var register in _registrations)
        {
            register(services);
        }
    }

    public void MapTo(IEndpointRouteBuilder routes)
    {
        foreach (var map in _routes)
        {
            map(routes);
        }
    }

    /// <summary>The generated base of a service stands inside the type that describes it.</summary>
    private static string NameOf(Type service)
    {
        var bound = service.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)
            ?? throw new ArgumentException($"{service.Name} is no gRPC service.");
        return ((Google.Protobuf.Reflection.ServiceDescriptor)bound.BindType.GetProperty("Descriptor")!.GetValue(null)!).FullName;
    }
}
