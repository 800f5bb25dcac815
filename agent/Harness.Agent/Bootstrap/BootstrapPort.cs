using Harness.Agent.Serving;
using Harness.Agent.Tls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Bootstrap;

/// <summary>
/// The port of AgentBootstrap: open until the authenticated endpoint is, or the agent stops. It shows a certificate that no one vouches for (the caller
/// verifies the instance by its identity), and takes callers with a certificate of the user data's authority alone. Opened and stopped by the bootstrap sequence.
/// </summary>
internal sealed partial class BootstrapPort(IServiceProvider agent, TimeProvider timeProvider, ILogger<BootstrapPort> logger) : IAsyncDisposable
{
    /// <summary>The port is gone within 5 s of the launch's reply; calls still open then are cut.</summary>
    private static readonly TimeSpan ClosingLimit = TimeSpan.FromSeconds(3);
    private GrpcPort? _port;
    private volatile Task? _closing;

    /// <summary>Empty while it is not open.</summary>
    public IReadOnlyCollection<string> Addresses => _closing is null ? _port?.Addresses ?? [] : [];

    /// <summary>Throws IOException or SocketException when the endpoint cannot be had.</summary>
    public async Task OpenAsync(AgentEndpoint endpoint, EndpointSettings settings, CancellationToken cancellationToken)
    {
        var certificate = ServerCertificate.SelfSigned(settings.InstanceId, endpoint.Address?.Address, timeProvider.GetUtcNow());
        var shown = new PortCredentials(certificate, settings.Authorities);
        var authenticated = ActivatorUtilities.CreateInstance<AuthenticatedEndpoint>(agent, settings);
        var service = ActivatorUtilities.CreateInstance<BootstrapService>(agent, authenticated, (Action)Close);
        _port = await GrpcPort.OpenAsync(
            [endpoint], new MutualTls(() => shown, timeProvider, logger), new PortServices(agent).Add(service), cancellationToken);
        Log.Open(logger, string.Join(" and ", Addresses));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_closing is { } closing)
        {
            await closing;
        }
        else if (_port is { } port)
        {
            await port.StopAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_port is { } port)
        {
            await port.DisposeAsync();
        }
    }

    private void Close() => _closing = Task.Run(CloseAsync);

    private async Task CloseAsync()
    {
        using var limit = new CancellationTokenSource(ClosingLimit, timeProvider);
        await _port!.StopAsync(limit.Token);
        Log.Closed(logger);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Serving AgentBootstrap at {Addresses}")]
        public static partial void Open(ILogger logger, string addresses);

        [LoggerMessage(Level = LogLevel.Information, Message = "AgentBootstrap is closed")]
        public static partial void Closed(ILogger logger);
    }
}
