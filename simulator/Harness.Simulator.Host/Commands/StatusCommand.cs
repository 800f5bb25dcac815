using System.CommandLine;
using System.Text.Json;
using Harness.Simulator.Control;
using Harness.Simulator.Host.Output;
using Harness.Simulator.State;

namespace Harness.Simulator.Host.Commands;

/// <summary><c>sim status</c>: what runs and where.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var directory = SharedOptions.Directory();
        var output = new Option<string>("--output", "-o") { Description = "text or json.", DefaultValueFactory = _ => "text", HelpName = "FORMAT" };
        output.AcceptOnlyFromAmong("text", "json");
        var command = new Command("status", "Tells what runs and where. Ends 1 when no simulator runs in the folder.") { directory, output };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(new SimDirectory(parsed.GetRequiredValue(directory)), parsed.GetRequiredValue(output), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(SimDirectory directory, string output, CancellationToken cancellationToken)
    {
        var status = await RunningSimulator.StatusAsync(directory, cancellationToken);
        if (output == "json")
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(status, SimulatorStatus.Format));
        }
        else
        {
            StatusText.Write(status, Console.Out);
        }

        return status.State == SimulatorState.Stopped ? ExitCode.Failed : ExitCode.Good;
    }
}
