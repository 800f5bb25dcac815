using Harness.Simulator.Clouds.Foreign;
using Harness.Simulator.Clusters.Foreign;
using Harness.Simulator.Clusters.Processes;
using Harness.Simulator.Hosts;
using Harness.Simulator.Programs;
using Microsoft.Extensions.Logging;

namespace Harness.Simulator.State;

/// <summary>
/// Ends what a simulator that was killed left behind in its folder: the provider, agents, workloads and control plane that still
/// run, the disks and addresses of its hosts, state and keys of its cluster, what it made in an EC2 that is not its own. Only processes that its record names, that descend from those, or that work inside its folder
/// are touched.
/// </summary>
public static partial class Leftovers
{
    private const int MaximumRounds = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Ends all that is left and returns how many processes that were.</summary>
    public static async Task<int> EndAsync(SimDirectory directory, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var record = RunRecord.Read(directory);
        var roots = Roots(record).ToList();
        var ended = await EndProcessesAsync(directory.Hosts, roots, time, cancellationToken);
        if (ended > 0)
        {
            Log.Ended(logger, ended, directory.Root);
        }

        if (Directory.Exists(directory.Hosts))
        {
            Directory.Delete(directory.Hosts, recursive: true);
        }

        new ControlPlaneFolder(directory.Kubernetes).RemoveState();
        if (record?.Interface is { } device)
        {
            await RemoveAddressesAsync(device, directory, time, logger, cancellationToken);
        }

        await CloudLeftovers.RemoveAsync(record, time, logger, cancellationToken);
        var removed = await ForeignLeftovers.RemoveAsync(directory, time, logger, cancellationToken);
        if (removed > 0)
        {
            Log.Removed(logger, removed);
        }

        File.Delete(directory.Kubeconfig);
        File.Delete(directory.RunRecord);
        return ended;
    }

    /// <summary>Kills everything that belongs to a folder, and what appears meanwhile, until nothing is left.</summary>
    internal static async Task<int> EndProcessesAsync(
        string folder, IReadOnlyList<ProcessIdentity> roots, TimeProvider time, CancellationToken cancellationToken)
    {
        var ended = new HashSet<ProcessIdentity>();
        for (var round = 0; round < MaximumRounds; round++)
        {
            var found = ProcessTree.Find(folder, roots).Where(process => process.Pid != Environment.ProcessId).ToList();
            if (found.Count == 0)
            {
                break;
            }

            ended.UnionWith(found);
            found.ForEach(Signal.SendKill);
            await Task.Delay(Pause, time, cancellationToken);
        }

        return ended.Count;
    }

    private static IEnumerable<ProcessIdentity> Roots(RunRecord? record) =>
        record is null ? [] : record.Agents.Values.Concat(record.Programs.Values).Concat(record.Provider is { } provider ? [provider] : []);

    private static async Task RemoveAddressesAsync(
        string device, SimDirectory directory, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            await new InterfaceNetwork(device, agentPort: 0, directory.Root, time).RemoveAllAsync(cancellationToken);
        }
        catch (HostNetworkException exception)
        {
            Log.AddressesLeft(logger, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Addresses of hosts of an earlier run may be left: {Detail}")]
        public static partial void AddressesLeft(ILogger logger, string detail);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Removed {Count} objects that an earlier run left behind in its cluster")]
        public static partial void Removed(ILogger logger, int count);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Ended {Count} processes that an earlier run left behind in {Folder}")]
        public static partial void Ended(ILogger logger, int count, string folder);
    }
}
