using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>What mapping and serving need from the application; a singleton that <c>AddGrpc</c> registers. Thread-safe.</summary>
internal sealed class ServerServices(
    IServiceProvider services,
    IOptions<GrpcServiceOptions> options,
    TimeProvider timeProvider,
    IMeterFactory meters,
    ILoggerFactory loggerFactory)
{
    private int _isUnknownServicesClaimed;

    public TimeProvider TimeProvider { get; } = timeProvider;

    public ServerTelemetry Telemetry { get; } = new(meters, timeProvider);

    public ILogger Logger { get; } = loggerFactory.CreateLogger("Grpc.AspNetCore.Server.ServerCallHandler");

    public GrpcServiceOptions Options => options.Value;

    /// <summary>The options of all services, changed by what was configured for this one.</summary>
    public GrpcServiceOptions OptionsOf<TService>()
        where TService : class
    {
        var merged = new GrpcServiceOptions<TService>();
        merged.CopyFrom(options.Value);
        foreach (var configure in services.GetServices<IConfigureOptions<GrpcServiceOptions<TService>>>())
        {
            configure.Configure(merged);
        }

        return merged;
    }

    /// <summary>True for the first caller, who then answers calls to services that are not mapped.</summary>
    public bool TryClaimUnknownServices() => Interlocked.Exchange(ref _isUnknownServicesClaimed, 1) == 0;
}
