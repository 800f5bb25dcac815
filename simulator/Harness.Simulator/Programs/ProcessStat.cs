using System.Globalization;

namespace Harness.Simulator.Programs;

/// <summary>What /proc/PID/stat says of a process: its parent, its state and when it started. Linux.</summary>
internal sealed record ProcessStat(int Pid, int ParentPid, char State, long StartTicks)
{
    private const int StateField = 0;
    private const int ParentField = 1;
    private const int StartField = 19;

    public static ProcessStat? Read(int pid)
    {
        try
        {
            return Parse(pid, File.ReadAllText($"/proc/{pid}/stat"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>All processes that are there now.</summary>
    public static IReadOnlyList<ProcessStat> ReadAll() =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? Read(pid) : null)
            .OfType<ProcessStat>()];

    private static ProcessStat? Parse(int pid, string text)
    {
        // The command's name stands in parentheses and may itself hold any character, a parenthesis included.
        var afterName = text.LastIndexOf(')');
        if (afterName < 0)
        {
            return null;
        }

        var fields = text[(afterName + 2)..].Split(' ');
        return new ProcessStat(pid, int.Parse(fields[ParentField], CultureInfo.InvariantCulture), fields[StateField][0],
            long.Parse(fields[StartField], CultureInfo.InvariantCulture));
    }
}
