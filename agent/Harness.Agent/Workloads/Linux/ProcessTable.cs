using System.Globalization;
using System.Text;

namespace Harness.Agent.Workloads.Linux;

/// <summary>Reads /proc: when a process started, and which processes belong to a session. Thread-safe.</summary>
internal static class ProcessTable
{
    private const int SessionField = 3;
    private const int StartField = 19;
    private const int StatBytes = 1024;

    /// <summary>Identifies this boot of the machine: process numbers mean nothing across a reboot.</summary>
    public static string BootId { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>Start time in clock ticks since boot; null when there is no such process.</summary>
    public static long? StartTicks(int pid) => Stat(pid) is { } stat ? long.Parse(stat[StartField], CultureInfo.InvariantCulture) : null;

    /// <summary>Kills whatever is in the session and its process group; its leader may be a zombie.</summary>
    public static void KillSession(int session)
    {
        _ = LibC.Kill(-session, LibC.SigKill);
        foreach (var pid in Members(session))
        {
            _ = LibC.Kill(pid, LibC.SigKill);
        }
    }

    public static IReadOnlyList<int> Members(int session)
    {
        var members = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && Stat(pid) is { } stat
                && int.Parse(stat[SessionField], CultureInfo.InvariantCulture) == session)
            {
                members.Add(pid);
            }
        }

        return members;
    }

    /// <summary>The fields of /proc/PID/stat from the third on (state); null when the process is gone.</summary>
    private static string[]? Stat(int pid)
    {
        try
        {
            // Without the cost of a stream: a sweep reads this for every process of the machine.
            using var file = File.OpenHandle($"/proc/{pid}/stat");
            Span<byte> buffer = stackalloc byte[StatBytes];
            var text = Encoding.ASCII.GetString(buffer[..RandomAccess.Read(file, buffer, 0)]);
            // The second field is the name in parentheses and may itself contain some.
            return text.Length > 0 ? text[(text.LastIndexOf(')') + 2)..].Split(' ') : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
