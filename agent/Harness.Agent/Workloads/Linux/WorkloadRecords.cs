using System.Globalization;
using Harness.Agent.Applications;
using Microsoft.Extensions.Logging;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// The running workloads on disk, one small file each (process number, start time in ticks, boot), so that a later run of the agent
/// finds what a killed one left. Written by the application's loop, removed on a workload's thread.
/// </summary>
internal sealed partial class WorkloadRecords(string folder, ILogger<WorkloadRecords> logger)
{
    private const int GoneTimeoutMilliseconds = 5000;

    public void Add(WorkloadKey key, int pid)
    {
        Directory.CreateDirectory(folder);
        var ticks = ProcessTable.StartTicks(pid)?.ToString(CultureInfo.InvariantCulture) ?? "0";
        var partial = FileOf(pid) + ".new";
        File.WriteAllText(partial, $"{pid}\n{ticks}\n{ProcessTable.BootId}\n{key}\n");
        File.Move(partial, FileOf(pid), overwrite: true);
    }

    public void Remove(int pid)
    {
        if (File.Exists(FileOf(pid)))
        {
            File.Delete(FileOf(pid));
        }
    }

    /// <summary>Kills every recorded workload that still runs, and forgets all records.</summary>
    public void EndAll()
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var file in Directory.GetFiles(folder))
        {
            End(File.ReadAllLines(file));
            File.Delete(file);
        }
    }

    private string FileOf(int pid) => Path.Combine(folder, pid.ToString(CultureInfo.InvariantCulture));

    private void End(string[] record)
    {
        if (record.Length < 4
            || !int.TryParse(record[0], CultureInfo.InvariantCulture, out var pid)
            || !long.TryParse(record[1], CultureInfo.InvariantCulture, out var ticks)
            || record[2] != ProcessTable.BootId)
        {
            return;
        }

        // Another process has the number now: then the old session is gone too, for a session's number is not given out again.
        var current = ProcessTable.StartTicks(pid);
        if (current is not null && current != ticks)
        {
            return;
        }

        var members = ProcessTable.Members(pid);
        if (members.Count > 0)
        {
            Log.EndingLeftover(logger, record[3], pid, members.Count);
            ProcessTable.KillSession(pid);
            WaitGone(members);
        }
    }

    private static unsafe void WaitGone(IReadOnlyList<int> pids)
    {
        foreach (var pid in pids)
        {
            var pidfd = (int)LibC.Syscall(LibC.PidfdOpen, pid, 0);
            if (pidfd >= 0)
            {
                var polled = new LibC.PollFd { Fd = pidfd, Events = LibC.PollIn };
                _ = LibC.Poll(&polled, 1, GoneTimeoutMilliseconds);
                _ = LibC.Close(pidfd);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning,
            Message = "Workload {Workload} of an earlier run of the agent is still there (session {Pid}, {Count} processes); ending it")]
        public static partial void EndingLeftover(ILogger logger, string workload, int pid, int count);
    }
}
