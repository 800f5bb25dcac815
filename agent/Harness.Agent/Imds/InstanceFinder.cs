using Microsoft.Extensions.Logging;

namespace Harness.Agent.Imds;

/// <summary>
/// Learns at the agent's start which instance this is: patiently where nothing can be done without it (the network of an instance that boots may come after the
/// agent), briefly where something can. Thread-safe.
/// </summary>
internal sealed partial class InstanceFinder(InstanceMetadata metadata, TimeProvider timeProvider, ILogger<InstanceFinder> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <exception cref="ImdsException">The metadata service refused, or did not answer for a minute.</exception>
    public Task<InstanceFacts> WaitForFactsAsync(CancellationToken cancellationToken) => WaitAsync(metadata.ReadFactsAsync, cancellationToken);

    /// <summary>Null when the instance was launched without any.</summary>
    /// <exception cref="ImdsException">The metadata service refused, or did not answer for a minute.</exception>
    public Task<byte[]?> WaitForUserDataAsync(CancellationToken cancellationToken) => WaitAsync(metadata.ReadUserDataAsync, cancellationToken);

    /// <summary>Null when the metadata service does not answer within some seconds.</summary>
    public async Task<InstanceFacts?> TryReadFactsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await metadata.ReadFactsAsync(cancellationToken);
        }
        catch (ImdsException exception)
        {
            Log.Unknown(logger, exception.Message);
            return null;
        }
    }

    private async Task<T> WaitAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var since = timeProvider.GetTimestamp();
        while (true)
        {
            try
            {
                return await read(cancellationToken);
            }
            catch (ImdsException exception) when (exception.IsTransient && timeProvider.GetElapsedTime(since) < Patience)
            {
                Log.Waiting(logger, exception.Message);
                await Task.Delay(Pause, timeProvider, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Starting without knowing which instance this is: {Reason}")]
        public static partial void Unknown(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting for the metadata service: {Reason}")]
        public static partial void Waiting(ILogger logger, string reason);
    }
}
