using Harness.Simulator.Composition;
using Harness.Simulator.Host.Output;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Host.Commands;

/// <summary>Runs a simulator in this process until it is asked to end (Ctrl-C, SIGTERM, SIGHUP).</summary>
internal static class ForegroundSimulator
{
    public static async Task<int> RunAsync(SimulationOptions options, CancellationToken cancellationToken)
    {
        using var stop = new StopSignals(cancellationToken);
        options.Directory.Create();
        await using var logs = new LogFile(options.Directory.Root, "sim.log", TimeProvider.System);
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(logs).SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning));
        var progress = new ProgressLines(Console.Out, TimeProvider.System);
        try
        {
            await using var simulation = await Simulation.StartAsync(options, progress, TimeProvider.System, loggers, stop.Token);
            ReadyText.Write(simulation.Status(), Console.Out);
            await stop.Asked;
            await simulation.StopAsync(progress);
            progress.Report("Stopped: no process, port or instance is left");
            return ExitCode.Good;
        }
        catch (SimulatorStartException exception)
        {
            await Console.Error.WriteLineAsync($"sim: {exception.Message}");
            return ExitCode.Environment;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            progress.Report("Stopped before it was Ready");
            return ExitCode.Failed;
        }
    }
}
