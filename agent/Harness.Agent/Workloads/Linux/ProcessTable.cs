using System.Globalization;
using System.Text;

namespace Harness.Agent.Workloads.Linux;

/// <summary>Reads /proc: when a process started, and which processes belong to a session. Thread-safe.</summary>
internal static class ProcessTable
{
    private const int SessionField = 3;
    private const int StartField = 19;
    private const int StatBytes = 1024;
    private const int PauseMilliseconds = 5;

    /// <summary>Identifies this boot of the machine: process numbers mean nothing across a reboot.</summary>
    public static string BootId { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>Start time in clock ticks since boot; null when there is no such process.</summary>
    public static long? StartTicks(int pid) => Fields(pid) is { } stat ? long.Parse(stat[StartField], CultureInfo.InvariantCulture) : null;

    /// <summary>Whether the process is there and no zombie.</summary>
    public static bool IsRunning(int pid, long startTicks) =>
        Fields(pid) is { } stat && stat[0] is not ("Z" or "X") && long.Parse(stat[StartField], CultureInfo.InvariantCulture) == startTicks;

    /// <summary>
    /// Kills whatever is left of the session that this process led. A process that has the number now, but started at another time, shows
    /// that the session is gone: its number is not given out again while any process is in it.
    /// </summary>
    public static void KillSession(ProcessIdentity leader)
    {
        if (StartTicks(leader.Pid) is not { } ticks || ticks == leader.StartTicks)
        {
            KillSession(leader.Pid);
        }
    }

    /// <summary>True when the process is in a mount namespace other than the agent's.</summary>
    public static bool HasOwnRoot(int pid) => new FileInfo($"/proc/{pid}/ns/mnt").LinkTarget is { } other && other != new FileInfo("/proc/self/ns/mnt").LinkTarget;

    /// <summary>A moment for another process to go on.</summary>
    public static unsafe void Pause() => _ = LibC.Poll(null, 0, PauseMilliseconds);

    /// <summary>True when a process has that working directory.</summary>
    public static bool AnyIn(string workingDirectory) => Directory.EnumerateDirectories("/proc")
        .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
        .Any(folder => WorkingDirectory(folder) == workingDirectory);

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
                && Fields(pid) is { } stat
                && int.Parse(stat[SessionField], CultureInfo.InvariantCulture) == session)
            {
                members.Add(pid);
            }
        }

        return members;
    }

    private static string? WorkingDirectory(string processFolder)
    {
        try
        {
            return new FileInfo(Path.Combine(processFolder, "cwd")).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The fields of /proc/PID/stat from the third on (state); null when the process is gone.</summary>
    public static string[]? Fields(int pid)
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
