using Harness.Provider.Configuration;
using Microsoft.Extensions.Logging;

namespace Harness.Provider.Limits;

/// <summary>
/// Reads the limits and the pause switch again when the configuration file changes (a mounted ConfigMap does, under a running pod).
/// A file that cannot be used changes nothing. One loop.
/// </summary>
internal sealed partial class LimitsReload(string path, LaunchGate gate, TimeProvider clock, ILogger<LimitsReload> logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private DateTime _read = File.GetLastWriteTimeUtc(path);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            ReadAgain();
        }
    }

    private void ReadAgain()
    {
        var written = File.GetLastWriteTimeUtc(path);
        if (written == _read)
        {
            return;
        }

        _read = written;
        try
        {
            var limits = ConfigurationFile.Load(path).Configuration.Limits;
            if (limits != gate.Limits)
            {
                gate.Limits = limits;
                Log.Changed(logger, limits.Paused, limits.MaxInstances, limits.MaxLaunchesPerMinute, limits.MaxLaunchesPerDay);
            }
        }
        catch (ConfigurationException exception)
        {
            Log.Unusable(logger, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Limits changed: paused {Paused}, instances {MaxInstances}, per minute {PerMinute}, per day {PerDay}")]
        public static partial void Changed(ILogger logger, bool paused, int? maxInstances, int? perMinute, int? perDay);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The changed configuration is not used: {Detail}")]
        public static partial void Unusable(ILogger logger, string detail);
    }
}
