using System.Net.Sockets;
using Harness.Agent.Serving;
using Harness.Agent.Tls;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Bootstrap;

/// <summary>
/// Opens the lifecycle port with what the provider sends, once: a launch that fails leaves all as it was. Thread-safe; of several at a time one goes on, the
/// others are told so at once.
/// </summary>
internal sealed partial class AuthenticatedEndpoint(
    EndpointSettings settings, LifecyclePort port, LifecycleCredentials credentials, TimeProvider timeProvider, ILogger<AuthenticatedEndpoint> logger)
{
    private readonly Lock _lock = new();
    private EndpointStage _stage = EndpointStage.Waiting;

    /// <summary>Goes on to its end even if the caller goes away: a half-opened port would help no one.</summary>
    public async Task<(EndpointLaunch Launch, string Problem)> LaunchAsync(ReadOnlyMemory<byte> chainPem, ReadOnlyMemory<byte> keyPem)
    {
        if (TryBegin() is { } refusal)
        {
            return (refusal, "");
        }

        var reached = EndpointStage.Waiting;
        try
        {
            if (ServerCertificate.TryParse(chainPem.Span, keyPem.Span, timeProvider.GetUtcNow(), out var problem) is not { } certificate)
            {
                return (EndpointLaunch.Invalid, problem);
            }

            await OpenAsync(certificate);
            reached = EndpointStage.Open;
            return (EndpointLaunch.Opened, "");
        }
        catch (Exception exception) when (exception is IOException or SocketException or UnauthorizedAccessException)
        {
            credentials.Discard();
            Log.Failed(logger, settings.Lifecycle, exception);
            return (EndpointLaunch.Failed, $"the lifecycle port {settings.Lifecycle} could not be opened: {exception.GetBaseException().Message}");
        }
        finally
        {
            Move(reached);
        }
    }

    private async Task OpenAsync(ServerCertificate certificate)
    {
        await credentials.InstallAsync(new PortCredentials(certificate, settings.Authorities), settings.InstanceId, settings.Lifecycle.ToString());
        await port.OpenSecuredAsync(settings.Lifecycle, CancellationToken.None);
        Log.Opened(logger, certificate.Leaf.Subject, certificate.NotAfter);
    }

    private EndpointLaunch? TryBegin()
    {
        lock (_lock)
        {
            if (_stage == EndpointStage.Waiting)
            {
                _stage = EndpointStage.Opening;
                return null;
            }

            return _stage == EndpointStage.Opening ? EndpointLaunch.Busy : EndpointLaunch.OpenAlready;
        }
    }

    private void Move(EndpointStage stage)
    {
        lock (_lock)
        {
            _stage = stage;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The lifecycle port serves as {Subject} until {NotAfter}")]
        public static partial void Opened(ILogger logger, string subject, DateTimeOffset notAfter);

        [LoggerMessage(Level = LogLevel.Error, Message = "The lifecycle port {Endpoint} could not be opened with the given certificate; bootstrap waits for another try")]
        public static partial void Failed(ILogger logger, AgentEndpoint endpoint, Exception exception);
    }
}
