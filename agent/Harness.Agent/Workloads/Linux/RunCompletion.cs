using System.Text;
using Harness.Agent.Applications;
using Harness.Agent.Logs;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// Completes what is known of a run that is over: whether memory ended it, and its last words. Removes its control group. Called on the
/// run's thread, or by the application's loop for a run that ended while no agent was there.
/// </summary>
internal sealed class RunCompletion(StateDirectory directory, LogStore logs)
{
    /// <summary>Kubernetes' own limits.</summary>
    private const int MessageBytes = 4096;
    private const int LogBytes = 2048;
    private const int LogLines = 80;

    public WorkloadExit Complete(WorkloadKey key, ContainerSpec spec, WorkloadExit exit, RunCgroup? group)
    {
        var outOfMemory = exit.Signal == LibC.SigKill && group?.RanOutOfMemory == true;
        group?.End();
        return exit with
        {
            Reason = outOfMemory ? "OOMKilled" : exit.Reason,
            Message = exit.Message.Length > 0 ? exit.Message : LastWords(key, spec, exit.ExitCode),
        };
    }

    private string LastWords(WorkloadKey key, ContainerSpec spec, int exitCode)
    {
        try
        {
            var written = ReadMessage(directory.TerminationMessageFile(key));
            return written.Length > 0 || exitCode == 0 || !spec.TerminationMessage.FallBackToLog ? written : EndOfLog(key);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>The workload may have put anything there: no link is followed, and nothing is waited for.</summary>
    private static unsafe string ReadMessage(string file)
    {
        var fd = LibC.Open(file, LibC.ReadOnly | LibC.NonBlock | LibC.NoFollow | LibC.CloseOnExec);
        if (fd < 0)
        {
            return "";
        }

        var buffer = stackalloc byte[MessageBytes];
        var count = LibC.Read(fd, buffer, MessageBytes);
        _ = LibC.Close(fd);
        return count > 0 ? Encoding.UTF8.GetString(buffer, (int)count) : "";
    }

    private string EndOfLog(WorkloadKey key)
    {
        if (logs.Find(key) is not { } log)
        {
            return "";
        }

        using var cursor = new LogCursor(log);
        var snapshot = log.Snapshot();
        var lines = new Queue<string>();
        for (var entries = cursor.Read(snapshot); entries.Count > 0; entries = cursor.Read(snapshot))
        {
            foreach (var entry in entries)
            {
                lines.Enqueue(Encoding.UTF8.GetString(entry.Text.Span) + (entry.Partial ? "" : "\n"));
                if (lines.Count > LogLines)
                {
                    lines.Dequeue();
                }
            }
        }

        var text = string.Concat(lines);
        return text.Length > LogBytes ? text[^LogBytes..] : text;
    }
}
