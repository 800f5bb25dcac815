using System.Net.Http.Json;
using System.Text.Json;
using Harness.Simulator.Control;
using Harness.Simulator.State;

namespace Harness.Simulator.Host.Commands;

/// <summary>The simulator that runs in a folder, seen from another process: by its record on disk and its control endpoint.</summary>
internal static class RunningSimulator
{
    /// <summary>A loaded machine takes its time; a simulator that is ending refuses at once.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What its control endpoint tells; <see cref="SimulatorState.Stopped"/> when no simulator runs there.</summary>
    public static async Task<SimulatorStatus> StatusAsync(SimDirectory directory, CancellationToken cancellationToken)
    {
        var record = RunRecord.Read(directory);
        if (record is null || !record.Simulator.IsAlive)
        {
            return new SimulatorStatus { State = SimulatorState.Stopped, Directory = directory.Root };
        }

        if (record.Control is null)
        {
            return new SimulatorStatus { State = SimulatorState.Ready, Directory = directory.Root, Pid = record.Simulator.Pid };
        }

        using var client = new HttpClient { Timeout = Patience };
        try
        {
            var status = await client.GetFromJsonAsync<SimulatorStatus>(new Uri(record.Control + "/status"), SimulatorStatus.Format, cancellationToken);
            return status ?? Unanswered(directory, record);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return Unanswered(directory, record);
        }
    }

    private static SimulatorStatus Unanswered(SimDirectory directory, RunRecord record) => new()
    {
        State = SimulatorState.Stopping,
        Directory = directory.Root,
        Pid = record.Simulator.Pid,
        Control = record.Control,
    };
}
