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

    public (TService Service, bool IsOwned) Activate(IServiceProvider services) =>
        services.GetService<TService>() is { } registered ? (registered, false) : (_create.Value(services, null), true);

    public static async ValueTask ReleaseAsync(TService service, bool isOwned)
    {
        if (!isOwned)
        {
            return;
        }

        if (service is IAsyncDisposable asyncDisposable)
        {
            await asyncDisposable.DisposeAsync();
        }
        else if (service is IDisposable disposable)
        {
            disposable.Dispose();
        }
    }
}
