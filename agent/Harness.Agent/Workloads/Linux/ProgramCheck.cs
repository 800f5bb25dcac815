using System.Text;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// Whether this instance can run a program, found out before anything is started: a shell in between would otherwise hide the reason.
/// Thread-safe.
/// </summary>
internal static class ProgramCheck
{
    private const int LineBytes = 256;

    /// <summary>Null: it can be run, as far as can be told beforehand.</summary>
    public static WorkloadStart? Problem(string program, string searchPath, string folder)
    {
        if (ProgramPath.Find(program, searchPath, folder) is not { } path)
        {
            return WorkloadStart.Failed(127, $"the program \"{program}\" was not found on this instance (PATH {searchPath})");
        }

        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if ((File.GetUnixFileMode(path) & Execute) == 0)
        {
            return WorkloadStart.Failed(126, $"the program {path} may not be executed; check its mode");
        }

        return Format(path);
    }

    private static WorkloadStart? Format(string path)
    {
        var head = new byte[LineBytes];
        int count;
        try
        {
            using var file = File.OpenHandle(path);
            count = RandomAccess.Read(file, head, 0);
        }
        catch (UnauthorizedAccessException)
        {
            // May be executed without being readable; then nothing is known.
            return null;
        }

        var start = head.AsSpan(0, count);
        if (start.StartsWith("\u007fELF"u8))
        {
            return null;
        }

        if (!start.StartsWith("#!"u8))
        {
            return WorkloadStart.Failed(126, $"the program {path} is not in a format that this instance can execute");
        }

        var line = Encoding.UTF8.GetString(start[2..]).Split('\n')[0].Trim();
        var interpreter = line.Split(' ', '\t')[0];
        return File.Exists(interpreter)
            ? null
            : WorkloadStart.Failed(127, $"the program {path} (or its interpreter) was not found on this instance: {interpreter}");
    }
}
