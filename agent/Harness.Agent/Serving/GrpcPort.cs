using Harness.Agent.Hosting;
using Harness.Agent.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Harness.Agent.Serving;

/// <summary>
/// A Kestrel of its own that serves some gRPC services on some endpoints, in plaintext or with mutual TLS. Open from its making until it is
/// stopped. Thread-safe.
/// </summary>
internal sealed class GrpcPort : IAsyncDisposable
{
    private readonly WebApplication _application;

    private GrpcPort(WebApplication application)
    {
        _application = application;
    }

    /// <summary>With the real ports: https://127.0.0.1:8200, or http://unix:/path.</summary>
    public IReadOnlyCollection<string> Addresses =>
        [.. _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    /// <summary>Accepts connections once the task completes. Throws IOException or SocketException when an endpoint cannot be had.</summary>
    /// <param name="endpoints">Where to listen.</param>
    /// <param name="tls">Null: plaintext.</param>
    /// <param name="services">What to serve.</param>
    /// <param name="cancellationToken">Gives up opening.</param>
    public static async Task<GrpcPort> OpenAsync(
        IReadOnlyList<AgentEndpoint> endpoints, MutualTls? tls, PortServices services, CancellationToken cancellationToken)
    {
        StaleSockets.Remove(endpoints);
        var port = new GrpcPort(Build(endpoints, tls, services));
        try
        {
            await port._application.StartAsync(cancellationToken);
            return port;
        }
        catch
        {
            await port.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes no more connections, tells the open ones to go away, and waits for their calls until the token says otherwise.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _application.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static WebApplication Build(IReadOnlyList<AgentEndpoint> endpoints, MutualTls? tls, PortServices services)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "vkvm-agent" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, endpoints, tls));
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, EmbeddedLifetime>());
        services.AddTo(builder.Services);
        var application = builder.Build();
        services.MapTo(application);
        return application;
    }

    private static void Listen(KestrelServerOptions kestrel, IReadOnlyList<AgentEndpoint> endpoints, MutualTls? tls)
    {
        kestrel.AddServerHeader = false;
        PortLimits.Apply(kestrel.Limits);
        foreach (var endpoint in endpoints)
        {
            if (endpoint.SocketPath is { } path)
            {
                kestrel.ListenUnixSocket(path, Configure);
            }
            else
            {
                kestrel.Listen(endpoint.Address!, Configure);
            }
        }

        void Configure(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http2;
            if (tls is not null)
            {
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(tls.ForNextConnection()) });
            }
        }
    }
}
