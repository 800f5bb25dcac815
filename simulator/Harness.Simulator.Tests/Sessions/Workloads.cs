using System.Globalization;
using Harness.Simulator.Programs;

namespace Harness.Simulator.Tests.Sessions;

/// <summary>The process table as a judge of which pods really run. Stateless.</summary>
internal static class Workloads
{
    /// <summary>The processes that agents started for a pod, each through a shim that outlives the agent.</summary>
    public static IReadOnlyList<int> Of(SimulatorFixture simulator, string podUid)
    {
        var agents = simulator.Simulation.Status().Hosts.Select(host => host.AgentPid).OfType<int>().ToHashSet();
        var processes = ProcessStat.ReadAll().ToList();
        var shims = processes.Where(stat => agents.Contains(stat.ParentPid)).Select(stat => stat.Pid).ToHashSet();
        return [.. processes.Where(stat => shims.Contains(stat.ParentPid) && HasUid(stat.Pid, podUid)).Select(stat => stat.Pid)];
    }

    private static bool HasUid(int pid, string podUid)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/environ")).Split('\0').Contains($"VKVM_POD_UID={podUid}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // It has ended meanwhile.
        }
    }
}
