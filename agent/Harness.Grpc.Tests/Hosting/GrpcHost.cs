using System.Diagnostics.Metrics;
using System.Net;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grpc.Tests.Hosting;

/// <summary>Our server on Kestrel, on a free port of 127.0.0.1 and over h2c unless told otherwise.</summary>
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

    public IMeterFactory Meters => _application.Services.GetRequiredService<IMeterFactory>();

    public string Authority => new Uri(Address).Authority;

    /// <summary>With <see cref="PeerService"/>.</summary>
    public static Task<GrpcHost> StartAsync(
        Action<GrpcServiceOptions>? options = null,
        Action<KestrelServerOptions>? listen = null,
        Action<IServiceCollection>? services = null) =>
        StartAsync(application => application.MapGrpcService<PeerService>(), options, listen, services);

    /// <summary>With a service that the test wrote.</summary>
    public static Task<GrpcHost> StartAsync(ScriptedPeer peer, Action<IServiceCollection>? services = null) =>
        StartAsync(application => application.MapGrpcService<ScriptedPeer>(), services: collection =>
        {
            collection.AddSingleton(peer);
            services?.Invoke(collection);
        });

    public static async Task<GrpcHost> StartAsync(
        Action<WebApplication> map,
        Action<GrpcServiceOptions>? options = null,
        Action<KestrelServerOptions>? listen = null,
        Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(listen ?? ListenInsecure);
        builder.Services.AddGrpc(options ?? (_ => { }));
        builder.Services.AddSingleton<CancelledCalls>();
        services?.Invoke(builder.Services);
        var application = builder.Build();
        map(application);
        await application.StartAsync();
        return new GrpcHost(application);
    }

    /// <summary>Stops as a program does: calls that run have as long as the application's shutdown timeout.</summary>
    public Task StopAsync() => _application.StopAsync();

    /// <summary>Ends without waiting for the calls that still run.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
    }

    private static void ListenInsecure(KestrelServerOptions kestrel) =>
        kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
}
