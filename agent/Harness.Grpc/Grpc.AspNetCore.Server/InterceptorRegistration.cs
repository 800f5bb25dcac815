using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>One interceptor of a server, made anew for each call unless its type is a registered service. Thread-safe.</summary>
public class InterceptorRegistration
{
    private readonly object[] _arguments;
    private readonly Lazy<ObjectFactory> _create;

    internal InterceptorRegistration(Type type, object[] arguments)
    {
        Type = type;
        _arguments = arguments;
        _create = new Lazy<ObjectFactory>(
            () => ActivatorUtilities.CreateFactory(type, [.. arguments.Select(argument => argument.GetType())]));
    }

    public Type Type { get; }

    /// <summary>What the constructor gets besides services.</summary>
    public IReadOnlyList<object> Arguments => _arguments;

    /// <summary>Whoever asks disposes an interceptor that it owns.</summary>
    internal (Interceptor Interceptor, bool IsOwned) Activate(IServiceProvider services) =>
        _arguments.Length == 0 && services.GetService(Type) is Interceptor registered
            ? (registered, false)
            : ((Interceptor)_create.Value(services, _arguments), true);
}
