using Harness.Agent.Tls;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Serving;

/// <summary>
/// Where the agent serves lifecycle, health and its extensions. Opened once: at the start, or when bootstrap has given it a certificate.
/// Opened by one caller at a time and closed after that; read from anywhere.
/// </summary>
internal sealed partial class LifecyclePort(
    PortServices services, LifecycleCredentials credentials, TimeProvider timeProvider, ILogger<LifecyclePort> logger) : IAsyncDisposable
{
    private volatile GrpcPort? _port;

    /// <summary>Empty until it is open.</summary>
    public IReadOnlyCollection<string> Addresses => _port?.Addresses ?? [];

    /// <summary>Serves in plaintext. Throws IOException or SocketException when an endpoint cannot be had.</summary>
    public async Task OpenPlaintextAsync(IReadOnlyList<AgentEndpoint> endpoints, CancellationToken cancellationToken)
    {
        _port = await GrpcPort.OpenAsync(endpoints, null, services, cancellationToken);
        Log.ServingPlaintext(logger, string.Join(" and ", Addresses));
    }

    /// <summary>Serves with mutual TLS, each connection with the credentials of its time. Throws like the plaintext one.</summary>
    public async Task OpenSecuredAsync(AgentEndpoint endpoint, CancellationToken cancellationToken)
    {
        var tls = new MutualTls(() => credentials.Required, timeProvider, logger);
        _port = await GrpcPort.OpenAsync([endpoint], tls, services, cancellationToken);
        Log.ServingSecured(logger, string.Join(" and ", Addresses));
    }

    public Task StopAsync(CancellationToken cancellationToken) => _port?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _port?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Serving in plaintext at {Addresses}")]
        public static partial void ServingPlaintext(ILogger logger, string addresses);

        [LoggerMessage(Level = LogLevel.Information, Message = "Serving with mutual TLS at {Addresses}")]
        public static partial void ServingSecured(ILogger logger, string addresses);
    }
}
