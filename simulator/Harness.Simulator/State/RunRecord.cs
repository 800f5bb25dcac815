using System.Text.Json;
using Harness.Simulator.Clouds;
using Harness.Simulator.Clusters.Installation;
using Harness.Simulator.Programs;

namespace Harness.Simulator.State;

/// <summary>
/// Which processes a simulator consists of and where it answers, on disk while it runs. What is left of it after a crash
/// tells the next start what to clean up.
/// </summary>
public sealed record RunRecord
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public required ProcessIdentity Simulator { get; init; }

    /// <summary>Where the simulator's control endpoint answers; null where it has none.</summary>
    public string? Control { get; init; }

    public ProcessIdentity? Provider { get; init; }

    /// <summary>What else was started for the whole of the run, by name: the programs of a control plane.</summary>
    public IReadOnlyDictionary<string, ProcessIdentity> Programs { get; init; } = new Dictionary<string, ProcessIdentity>();

    /// <summary>What it makes in an EC2 that outlives it; null where its EC2 ends with it.</summary>
    public CloudRecord? Cloud { get; init; }

    /// <summary>The label of the container that it started; null where it started none.</summary>
    public string? ContainerOwner { get; init; }

    /// <summary>The network interface that its hosts' addresses are added to; null where they need none.</summary>
    public string? Interface { get; init; }

    /// <summary>Whose objects are in a cluster that is not the simulator's own; null: none were put there.</summary>
    public InstallationOwner? Installation { get; init; }

    /// <summary>The agents that were started and not yet ended, by instance.</summary>
    public IReadOnlyDictionary<string, ProcessIdentity> Agents { get; init; } = new Dictionary<string, ProcessIdentity>();

    /// <summary>The record of a folder, or null when there is none or it was cut off while being written.</summary>
    public static RunRecord? Read(SimDirectory directory)
    {
        try
        {
            return JsonSerializer.Deserialize<RunRecord>(File.ReadAllBytes(directory.RunRecord), Format);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Replaces the record in one step, so that a reader sees the old one or the new one.</summary>
    public void Write(SimDirectory directory)
    {
        var fresh = directory.RunRecord + ".new";
        File.WriteAllBytes(fresh, JsonSerializer.SerializeToUtf8Bytes(this, Format));
        File.Move(fresh, directory.RunRecord, overwrite: true);
    }
}
