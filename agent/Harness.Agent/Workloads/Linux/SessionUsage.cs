using System.Globalization;

namespace Harness.Agent.Workloads.Linux;

/// <summary>What the processes of a session use, added up from /proc. Thread-safe.</summary>
internal static class SessionUsage
{
    // The fields of /proc/PID/stat from the third on.
    private const int MinorFaults = 7;
    private const int MajorFaults = 9;
    private const int UserTicks = 11;
    private const int CollectedSystemTicks = 14;

    // USER_HZ is 100 on every architecture that .NET runs on.
    private const long TicksPerSecond = 100;
    private const int NetworkHeaderLines = 2;
    private const int SentBytesField = 8;

    /// <summary>Null when none of its processes is there any more.</summary>
    public static WorkloadUsage? Measure(int session)
    {
        long ticks = 0, resident = 0, anonymous = 0, minor = 0, major = 0;
        var processes = 0;
        foreach (var stat in ProcessTable.Members(session).Select(pid => (Pid: pid, Fields: ProcessTable.Fields(pid))))
        {
            if (stat.Fields is not { } fields)
            {
                continue;
            }

            processes++;
            // User and system time, and that of the children that it has waited for.
            ticks += fields[UserTicks..(CollectedSystemTicks + 1)].Sum(Number);
            minor += Number(fields[MinorFaults]);
            major += Number(fields[MajorFaults]);
            var (all, own) = Memory(stat.Pid);
            resident += all;
            anonymous += own;
        }

        return processes == 0 ? null : new WorkloadUsage
        {
            Cpu = TimeSpan.FromTicks(ticks * TimeSpan.TicksPerSecond / TicksPerSecond),
            MemoryBytes = resident,
            WorkingSetBytes = resident,
            ResidentBytes = anonymous,
            PageFaults = minor,
            MajorPageFaults = major,
            Processes = processes,
            Interfaces = Interfaces(session),
        };
    }

    /// <summary>Resident memory, and the part of it that is the process's own (not of files, not shared).</summary>
    private static (long Resident, long Anonymous) Memory(int pid)
    {
        long resident = 0, anonymous = 0;
        foreach (var line in Lines($"/proc/{pid}/status"))
        {
            resident += line.StartsWith("VmRSS:", StringComparison.Ordinal) ? Kilobytes(line) : 0;
            anonymous += line.StartsWith("RssAnon:", StringComparison.Ordinal) ? Kilobytes(line) : 0;
        }

        return (resident, anonymous);
    }

    /// <summary>The interfaces of the network that the session's leader has, loopback left out.</summary>
    private static List<InterfaceUsage> Interfaces(int pid) =>
    [
        .. Lines($"/proc/{pid}/net/dev").Skip(NetworkHeaderLines)
            .Select(line => line.Split(':', 2))
            .Where(parts => parts.Length == 2 && parts[0].Trim() != "lo")
            .Select(parts => (Name: parts[0].Trim(), Counters: parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number).ToArray()))
            .Select(found => new InterfaceUsage(
                found.Name, found.Counters[0], found.Counters[2], found.Counters[SentBytesField], found.Counters[SentBytesField + 2])),
    ];

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static long Kilobytes(string line) => Number(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
