using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Puts a service's interceptors around the handler of one call: the first registered is the outermost. Thread-safe.</summary>
internal sealed class InterceptorChain(IReadOnlyList<InterceptorRegistration> registrations)
{
    public UnaryServerMethod<TRequest, TResponse> Around<TRequest, TResponse>(
        UnaryServerMethod<TRequest, TResponse> handler, IServiceProvider services)
        where TRequest : class
        where TResponse : class => Wrap(handler, (next, registration) => (request, context) => RunAsync(
            registration, services, interceptor => interceptor.UnaryServerHandler(request, context, next)));

    public ClientStreamingServerMethod<TRequest, TResponse> Around<TRequest, TResponse>(
        ClientStreamingServerMethod<TRequest, TResponse> handler, IServiceProvider services)
        where TRequest : class
        where TResponse : class => Wrap(handler, (next, registration) => (requests, context) => RunAsync(
            registration, services, interceptor => interceptor.ClientStreamingServerHandler(requests, context, next)));

    public ServerStreamingServerMethod<TRequest, TResponse> Around<TRequest, TResponse>(
        ServerStreamingServerMethod<TRequest, TResponse> handler, IServiceProvider services)
        where TRequest : class
        where TResponse : class => Wrap(handler, (next, registration) => (request, responses, context) => RunAsync(
            registration, services, interceptor => interceptor.ServerStreamingServerHandler(request, responses, context, next)));

    public DuplexStreamingServerMethod<TRequest, TResponse> Around<TRequest, TResponse>(
        DuplexStreamingServerMethod<TRequest, TResponse> handler, IServiceProvider services)
        where TRequest : class
        where TResponse : class => Wrap(handler, (next, registration) => (requests, responses, context) => RunAsync(
            registration, services, interceptor => interceptor.DuplexStreamingServerHandler(requests, responses, context, next)));

    private T Wrap<T>(T handler, Func<T, InterceptorRegistration, T> wrap)
    {
        for (var index = registrations.Count - 1; index >= 0; index--)
        {
            handler = wrap(handler, registrations[index]);
        }

        return handler;
    }

    private static async Task<T> RunAsync<T>(
        InterceptorRegistration registration, IServiceProvider services, Func<Interceptor, Task<T>> handle)
    {
        var (interceptor, isOwned) = registration.Activate(services);
        try
        {
            return await handle(interceptor);
        }
        finally
        {
            await Ownership.ReleaseAsync(interceptor, isOwned);
        }
    }

    private static async Task RunAsync(InterceptorRegistration registration, IServiceProvider services, Func<Interceptor, Task> handle)
    {
        var (interceptor, isOwned) = registration.Activate(services);
        try
        {
            await handle(interceptor);
        }
        finally
        {
            await Ownership.ReleaseAsync(interceptor, isOwned);
        }
    }
}
