using System.Collections.Immutable;
using System.Globalization;

namespace Harness.Agent.Workloads.Linux;

/// <summary>The control group of one run: one folder, or one for each controller. Outlives the agent; thread-safe.</summary>
internal sealed record RunCgroup(ImmutableArray<string> Folders, string OomFile)
{
    private const int Rounds = 200;

    public bool Exists => Folders.Any(Directory.Exists);

    /// <summary>A process that writes 0 into each of these has entered the group.</summary>
    public IEnumerable<string> EntryFiles => Folders.Select(folder => Path.Combine(folder, "cgroup.procs"));

    /// <summary>True when the kernel has killed a process of the group for lack of memory.</summary>
    public bool RanOutOfMemory
    {
        get
        {
            try
            {
                return File.ReadLines(OomFile).Any(line => line.StartsWith("oom_kill ", StringComparison.Ordinal) && line != "oom_kill 0");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    /// <summary>Kills what is left in the group, wherever it has fled to, and removes it.</summary>
    public void End()
    {
        for (var round = 0; round < Rounds && Folders.Any(folder => Directory.Exists(folder) && !TryRemove(folder)); round++)
        {
            foreach (var pid in Members())
            {
                _ = LibC.Kill(pid, LibC.SigKill);
            }

            ProcessTable.Pause();
        }
    }

    private static bool TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private IEnumerable<int> Members() => Folders.Select(folder => Path.Combine(folder, "cgroup.procs"))
        .Where(File.Exists)
        .SelectMany(File.ReadAllLines)
        .Select(line => int.Parse(line, CultureInfo.InvariantCulture))
        .Distinct();
}
