namespace Harness.Simulator.Programs;

/// <summary>
/// Finds the processes of an emulated machine: those it was started with, their descendants, and whatever works in or
/// writes into its disk folder though its parent is gone. Reads /proc; Linux.
/// </summary>
internal static class ProcessTree
{
    /// <summary>Every living process that belongs to the disk folder or descends from one of the roots.</summary>
    public static IReadOnlyList<ProcessIdentity> Find(string folder, IEnumerable<ProcessIdentity> roots)
    {
        var all = ProcessStat.ReadAll().Where(stat => stat.State is not ('Z' or 'X')).ToList();
        var found = new HashSet<int>(roots.Where(root => root.IsAlive).Select(root => root.Pid));
        var prefix = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        found.UnionWith(all.Where(stat => stat.Pid != Environment.ProcessId && Touches(stat.Pid, prefix)).Select(stat => stat.Pid));
        AddDescendants(all, found);
        return [.. all.Where(stat => found.Contains(stat.Pid)).Select(stat => new ProcessIdentity(stat.Pid, stat.StartTicks))];
    }

    private static void AddDescendants(List<ProcessStat> all, HashSet<int> found)
    {
        var children = all.ToLookup(stat => stat.ParentPid, stat => stat.Pid);
        var open = new Queue<int>(found);
        while (open.TryDequeue(out var parent))
        {
            foreach (var child in children[parent].Where(found.Add))
            {
                open.Enqueue(child);
            }
        }
    }

    /// <summary>Somebody's shell that merely stands in the folder is at a terminal; a workload never is.</summary>
    private static bool Touches(int pid, string prefix)
    {
        var output = LinkTarget($"/proc/{pid}/fd/1");
        return IsUnder(output, prefix) || (!IsTerminal(output) && IsUnder(LinkTarget($"/proc/{pid}/cwd"), prefix));
    }

    private static bool IsTerminal(string? path) =>
        path is not null && (path.StartsWith("/dev/pts/", StringComparison.Ordinal) || path.StartsWith("/dev/tty", StringComparison.Ordinal));

    private static bool IsUnder(string? path, string prefix) =>
        path is not null && path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] == '/');

    private static string? LinkTarget(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
