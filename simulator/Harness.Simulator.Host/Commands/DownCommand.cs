using System.CommandLine;
using Harness.Simulator.Composition;
using Harness.Simulator.Programs;
using Harness.Simulator.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Simulator.Host.Commands;

/// <summary><c>sim down</c>: ends the simulator of a folder and whatever it left.</summary>
internal static class DownCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Command Create()
    {
        var directory = SharedOptions.Directory();
        var command = new Command("down", "Ends the simulator that runs in the folder, and whatever a killed one left behind.") { directory };
        command.SetAction((parsed, cancellationToken) => RunAsync(new SimDirectory(parsed.GetRequiredValue(directory)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(SimDirectory directory, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(directory.Root))
        {
            await Console.Out.WriteLineAsync($"No simulator has run in {directory.Root}.");
            return ExitCode.Good;
        }

        var record = RunRecord.Read(directory);
        if (record is { Simulator.IsAlive: true } && !await RunningProcess.EndAsync(record.Simulator, Patience, TimeProvider.System, cancellationToken))
        {
            await Console.Error.WriteLineAsync($"The simulator (process {record.Simulator}) did not end in time and was killed; see {directory.SimulatorLog}.");
        }

        int ended;
        try
        {
            ended = await Leftovers.EndAsync(directory, TimeProvider.System, NullLogger.Instance, cancellationToken);
        }
        catch (SimulatorStartException exception)
        {
            await Console.Error.WriteLineAsync($"sim: {exception.Message}");
            return ExitCode.Failed;
        }

        await Console.Out.WriteLineAsync(record is null && ended == 0
            ? $"No simulator runs in {directory.Root}."
            : $"Ended; {(ended == 0 ? "nothing was left behind" : $"{ended} processes that were left behind were ended")}.");
        return ExitCode.Good;
    }
}
