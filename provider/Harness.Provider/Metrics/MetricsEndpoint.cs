using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Harness.Provider.Metrics;

/// <summary>
/// Serves <c>/metrics</c> and <c>/healthz</c> in plain HTTP at the configured address. Started once, disposed at the end.
/// </summary>
internal sealed class MetricsEndpoint(IPEndPoint address, MetricsText metrics, ILoggerFactory loggers) : IAsyncDisposable
{
    private WebApplication? _application;

    /// <exception cref="IOException">The address is in use.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(address, listen => listen.Protocols = HttpProtocols.Http1));
        _application = builder.Build();
        _application.MapGet("/metrics", () => Results.Text(metrics.Render(), "text/plain; version=0.0.4; charset=utf-8"));
        _application.MapGet("/healthz", () => Results.Text("ok"));
        await _application.StartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }
    }
}
