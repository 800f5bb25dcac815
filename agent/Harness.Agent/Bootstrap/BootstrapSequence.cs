using Harness.Agent.Imds;
using Harness.Agent.Serving;
using Harness.Agent.Tls;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Bootstrap;

/// <summary>
/// The start of an agent on a real instance: with the credentials of an earlier run it serves at once; else the user data decides whether it serves AgentBootstrap
/// first or the lifecycle port in plaintext. Called by the agent's ports alone.
/// </summary>
internal sealed partial class BootstrapSequence(
    BootstrapOptions options,
    InstanceFinder instance,
    LifecycleCredentials credentials,
    LifecyclePort lifecycle,
    BootstrapPort bootstrap,
    ILogger<BootstrapSequence> logger)
{
    /// <summary>Throws ImdsException, UserDataException, IOException or SocketException when the agent cannot serve.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (credentials.Stored() is { } stored && await TryServeStoredAsync(stored, cancellationToken))
        {
            return;
        }

        var facts = await instance.WaitForFactsAsync(cancellationToken);
        var address = options.Address ?? facts.Address;
        var lifecycleEndpoint = AgentEndpoint.Tcp(new(address, options.Port));
        var userData = UserData.TryParse(await instance.WaitForUserDataAsync(cancellationToken), out var problem)
            ?? throw new UserDataException($"the user data of {facts.InstanceId} cannot be used: {problem}; to serve in plaintext, start with --listen");
        if (userData.Authorities is { } authorities)
        {
            var settings = new EndpointSettings(lifecycleEndpoint, facts.InstanceId, authorities);
            await bootstrap.OpenAsync(AgentEndpoint.Tcp(new(address, options.BootstrapPort)), settings, cancellationToken);
        }
        else
        {
            Log.NotAsked(logger, facts.InstanceId);
            await lifecycle.OpenPlaintextAsync([lifecycleEndpoint], cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => bootstrap.StopAsync(cancellationToken);

    /// <summary>False: they are another instance's, or have ended; they are gone then.</summary>
    private async Task<bool> TryServeStoredAsync(StoredCredentials stored, CancellationToken cancellationToken)
    {
        var facts = await instance.TryReadFactsAsync(cancellationToken);
        if (facts is not null && facts.InstanceId != stored.InstanceId)
        {
            Log.AnotherInstance(logger, stored.InstanceId, facts.InstanceId);
            credentials.Discard();
            return false;
        }

        if (!credentials.TryRestore(stored, out var problem))
        {
            Log.NotRestored(logger, problem);
            credentials.Discard();
            return false;
        }

        await lifecycle.OpenSecuredAsync(Endpoint(stored, facts), cancellationToken);
        return true;
    }

    private AgentEndpoint Endpoint(StoredCredentials stored, InstanceFacts? facts)
    {
        if ((options.Address ?? facts?.Address) is { } address)
        {
            return AgentEndpoint.Tcp(new(address, options.Port));
        }

        return AgentEndpoint.TryParse(stored.Address, out var endpoint, out var problem) ? endpoint : throw new IOException(problem);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The user data of {InstanceId} names no certificate authority: no bootstrap, the lifecycle port is not secured")]
        public static partial void NotAsked(ILogger logger, string instanceId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The stored credentials are those of {Stored}, this is {InstanceId}: they are removed, bootstrap begins anew")]
        public static partial void AnotherInstance(ILogger logger, string stored, string instanceId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The stored credentials cannot serve any more, bootstrap begins anew: {Problem}")]
        public static partial void NotRestored(ILogger logger, string problem);
    }
}
