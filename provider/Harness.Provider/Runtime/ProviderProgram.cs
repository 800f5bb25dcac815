using System.Diagnostics.Metrics;
using System.Net;
using Harness.Provider.Configuration;
using Harness.Provider.Limits;
using Harness.Provider.Metrics;
using Harness.Provider.Node;
using Microsoft.Extensions.Logging;

namespace Harness.Provider.Runtime;

/// <summary>
/// The provider as a program: checks what it is given, finds its node, runs the virtual kubelet until cancelled. Nodes and instances
/// stay when it stops; the next start adopts them.
/// </summary>
public sealed partial class ProviderProgram(ProviderOptions options, TimeProvider clock, ILoggerFactory loggers)
{
    private readonly ILogger<ProviderProgram> _logger = loggers.CreateLogger<ProviderProgram>();

    /// <summary>Reads a configuration file and gives its warnings.</summary>
    /// <exception cref="ConfigurationException">The file cannot be used.</exception>
    public static IReadOnlyList<string> CheckConfiguration(string path) => ConfigurationFile.Load(path).Warnings;

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="ConfigurationException">The configuration cannot be used.</exception>
    /// <exception cref="EnvironmentException">The machine lacks something.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var file = ConfigurationFile.Load(options.ConfigPath);
        foreach (var warning in file.Warnings)
        {
            Log.ConfigurationWarning(_logger, warning);
        }

        using var clients = ProviderClients.Make(options, file.Configuration, clock);
        using var meter = new Meter(ProviderMetrics.MeterName);
        var metrics = new ProviderMetrics(meter);
        using var metricsText = new MetricsText(meter);
        await using var endpoint = new MetricsEndpoint(options.MetricsAddress, metricsText, loggers);
        await StartAsync(endpoint.StartAsync, options.MetricsAddress, "--metrics-address", cancellationToken);
        using var audit = new AuditLog(file.Configuration.AuditLog, clock, loggers.CreateLogger<AuditLog>());
        try
        {
            var networkInterface = new NodeInterface(
                clients.Ec2, file.Configuration, options.PodName, audit, metrics, clock, loggers.CreateLogger<NodeInterface>());
            var identity = await networkInterface.EnsureAsync(cancellationToken);
            await using var kubelet = new VirtualKubelet(file, options, identity, clients, metrics, audit, clock, loggers);
            var kubeletAddress = new IPEndPoint(options.NodeIp, options.KubeletPort);
            await StartAsync(kubelet.StartAsync, kubeletAddress, "--kubelet-port", cancellationToken);
            await kubelet.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Log.Stopped(_logger);
        }
    }

    private static async Task StartAsync(Func<CancellationToken, Task> start, IPEndPoint address, string flag, CancellationToken cancellationToken)
    {
        try
        {
            await start(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
        {
            throw new EnvironmentException($"{address} cannot be listened on ({exception.Message}); free it, or choose another with {flag}.", exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
        public static partial void ConfigurationWarning(ILogger logger, string warning);

        [LoggerMessage(Level = LogLevel.Information, Message = "Stopped; node and instances stay and are adopted at the next start")]
        public static partial void Stopped(ILogger logger);
    }
}
