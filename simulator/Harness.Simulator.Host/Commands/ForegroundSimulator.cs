using System.Runtime.InteropServices;
using Harness.Simulator.Composition;
using Harness.Simulator.Host.Output;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.Host.Commands;

/// <summary>Runs a simulator in this process until it is asked to end (Ctrl-C, SIGTERM, SIGHUP).</summary>
internal static class ForegroundSimulator
{
    public static async Task<int> RunAsync(SimulationOptions options, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stop));
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Stop(context, stop));
        options.Directory.Create();
        await using var logs = new LogFile(options.Directory.Root, "sim.log", TimeProvider.System);
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(logs).SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning));
        var progress = new ProgressLines(Console.Out, TimeProvider.System);
        try
        {
            await using var simulation = await Simulation.StartAsync(options, progress, TimeProvider.System, loggers, stop.Token);
            ReadyText.Write(simulation.Status(), Console.Out);
            await WaitAsync(stop.Token);
            await simulation.StopAsync(progress);
            progress.Report("Stopped: no process, port or instance is left");
            return ExitCode.Good;
        }
        catch (SimulatorStartException exception)
        {
            await Console.Error.WriteLineAsync($"sim: {exception.Message}");
            return ExitCode.Environment;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            progress.Report("Stopped before it was Ready");
            return ExitCode.Failed;
        }
    }

    private static void Stop(PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = true;
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Asked once more while the last lines of the program run.
        }
    }

    private static async Task WaitAsync(CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(asked.SetResult);
        await asked.Task;
    }
}
