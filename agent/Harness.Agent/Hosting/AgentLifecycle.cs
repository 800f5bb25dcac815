using Harness.Agent.Applications;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Hosting;

/// <summary>
/// Ties the agent to its host: recovers before the ports open, and drains before they close (NOT_SERVING, streams ended; the application
/// left to the next agent or, if the options say so, ended within its grace). Called by the host alone.
/// </summary>
internal sealed partial class AgentLifecycle(
    AgentOptions options, ApplicationRunner runner, ServingState serving, TimeProvider timeProvider, ILogger<AgentLifecycle> logger) : IHostedLifecycleService
{
    /// <summary>The longest grace period that a stopping agent gives; it has to be gone within 30 s.</summary>
    public static readonly TimeSpan GraceLimit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan StreamGrace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan KillMargin = TimeSpan.FromSeconds(5);

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        runner.Start();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        Log.Draining(logger);
        serving.Drain();
        await runner.PostAsync(new ApplicationEvent.DrainRequested(options.EndWorkloadsOnStop ? GraceLimit : null), cancellationToken);
        // Watchers see the end when it comes soon; they are not kept waiting for a slow one.
        await IsDrainedAsync(StreamGrace);
        serving.EndStreams();
        if (!await IsDrainedAsync(GraceLimit + KillMargin - StreamGrace))
        {
            Log.NotDrained(logger);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => runner.StopAsync();

    private async Task<bool> IsDrainedAsync(TimeSpan timeout)
    {
        try
        {
            await runner.Drained.WaitAsync(timeout, timeProvider);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Draining")]
        public static partial void Draining(ILogger logger);

        [LoggerMessage(Level = LogLevel.Error, Message = "The application did not end though it was killed; the next run of the agent will look for it")]
        public static partial void NotDrained(ILogger logger);
    }
}
