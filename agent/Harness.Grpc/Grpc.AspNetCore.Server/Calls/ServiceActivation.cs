using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>
/// Gives each call its service object: the registered one, whose lifetime is the container's business, or a new one
/// that ends with the call. Thread-safe.
/// </summary>
internal sealed class ServiceActivation<TService>
    where TService : class
{
    private readonly Lazy<ObjectFactory<TService>> _create = new(() => ActivatorUtilities.CreateFactory<TService>([]));

    public async Task<T> RunAsync<T>(IServiceProvider services, Func<TService, Task<T>> handle)
    {
        var (service, isOwned) = Activate(services);
        try
        {
            return await handle(service);
        }
        finally
        {
            await Ownership.ReleaseAsync(service, isOwned);
        }
    }

    public async Task RunAsync(IServiceProvider services, Func<TService, Task> handle)
    {
        var (service, isOwned) = Activate(services);
        try
        {
            await handle(service);
        }
        finally
        {
            await Ownership.ReleaseAsync(service, isOwned);
        }
    }

    private (TService Service, bool IsOwned) Activate(IServiceProvider services) =>
        services.GetService<TService>() is { } registered ? (registered, false) : (_create.Value(services, null), true);
}
