using System.Diagnostics;
using Harness.Simulator.Composition;
using Harness.Simulator.Control;
using Harness.Simulator.Host.Output;

namespace Harness.Simulator.Host.Commands;

/// <summary>Starts a simulator as a process that stays, shows its progress, and returns once all is Ready.</summary>
internal static class DetachedSimulator
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<int> RunAsync(SimulationOptions options, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        options.Directory.Create();
        await File.WriteAllTextAsync(options.Directory.ConsoleLog, "", cancellationToken);
        using var process = Start(options, arguments);
        using var log = new LogTail(options.Directory.ConsoleLog, Console.Out);
        while (!process.HasExited)
        {
            await log.CopyNewAsync(cancellationToken);
            var status = await RunningSimulator.StatusAsync(options.Directory, cancellationToken);
            if (status.State == SimulatorState.Ready && status.Pid == process.Id)
            {
                await log.CopyNewAsync(cancellationToken);
                return ExitCode.Good;
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        await process.WaitForExitAsync(cancellationToken);
        await log.CopyNewAsync(cancellationToken);
        return process.ExitCode == ExitCode.Good ? ExitCode.Failed : process.ExitCode;
    }

    private static Process Start(SimulationOptions options, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
        string[] words = ["-c", "log=$1; shift; exec setsid \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", options.Directory.ConsoleLog, ProgramFiles.Simulator];
        foreach (var word in words.Concat(arguments))
        {
            start.ArgumentList.Add(word);
        }

        return Process.Start(start) ?? throw new SimulatorStartException($"{ProgramFiles.Simulator} could not be started.");
    }
}
