using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grpc.Tests.Hosting;

/// <summary>Our server with <see cref="PeerService"/> on Kestrel, on a free port of 127.0.0.1 unless told otherwise.</summary>
internal sealed class GrpcHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private GrpcHost(WebApplication application)
    {
        _application = application;
    }

    public CancelledCalls Cancelled => _application.Services.GetRequiredService<CancelledCalls>();

    /// <summary>As in <c>http://127.0.0.1:4711</c>.</summary>
    public string Address => _application.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public string Authority => new Uri(Address).Authority;

    public static async Task<GrpcHost> StartAsync(
        Action<GrpcServiceOptions>? options = null,
        Action<KestrelServerOptions>? listen = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? map = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(listen ?? ListenInsecure);
        builder.Services.AddGrpc(options ?? (_ => { }));
        builder.Services.AddSingleton<CancelledCalls>();
        services?.Invoke(builder.Services);
        var application = builder.Build();
        application.MapGrpcService<PeerService>();
        map?.Invoke(application);
        await application.StartAsync();
        return new GrpcHost(application);
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.Zero, TimeProvider.System);
        await _application.StopAsync(soon.Token);
        await _application.DisposeAsync();
    }

    private static void ListenInsecure(KestrelServerOptions kestrel) =>
        kestrel.Listen(System.Net.IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
}
