using System.Globalization;

namespace Harness.Agent.Workloads.Linux;

/// <summary>Starts a shim on a prepared run folder, and waits until its workload is about to run or cannot. Called from the application's loop.</summary>
internal sealed unsafe class ShimLauncher(LinuxTools tools, string shim)
{
    /// <summary>Setting up takes milliseconds; a machine that needs longer than this is beyond use.</summary>
    private const int PatienceMilliseconds = 120_000;

    private const byte StartNote = (byte)'s';
    private const byte EndNote = (byte)'x';

    /// <summary>Null, and the reason: nothing runs, and nothing of the attempt is left. The pipes stay the caller's.</summary>
    public (Pidfd Shim, ProcessIdentity Workload)? Launch(RunFolder folder, RunPipes pipes, bool ownNamespaces, out string problem)
    {
        var devNull = LibC.Open("/dev/null", LibC.WriteOnly | LibC.CloseOnExec);
        string[] command = ownNamespaces
            ? [tools.Unshare!, "--pid", tools.Shell, shim, tools.SetSid, tools.Shell, "pid", tools.Unshare!, "--mount", "--ipc", "--uts"]
            : [tools.Shell, shim, tools.SetSid, tools.Shell, ""];
        var request = new SpawnRequest(command[0], command, ["PATH=" + LinuxTools.SystemPath], folder.Path);
        var errno = PosixSpawn.Start(request, new SpawnStreams(-1, devNull, devNull, null), out var pid);
        _ = LibC.Close(devNull);
        if (errno != 0)
        {
            problem = string.Create(CultureInfo.InvariantCulture, $"starting its shim ({tools.Shell}) failed with error {errno}");
            return null;
        }

        var process = Pidfd.Open(pid);
        problem = process is null ? "its shim ended at once" : AwaitStart(process, pipes.Note);
        if (problem.Length == 0 && folder.ReadWorkload() is { } workload)
        {
            return (process!, workload);
        }

        var failure = folder.ReadFailure();
        problem = failure.Length > 0 ? failure : problem;
        Abandon(folder, process);
        return null;
    }

    /// <summary>Kills what an attempt or an earlier agent left running, whatever state it is in; returns once the shim is gone.</summary>
    public static void Abandon(RunFolder folder, Pidfd? shim)
    {
        shim?.Signal(LibC.SigKill);
        if (folder.ReadWorkload() is { } workload)
        {
            ProcessTable.KillSession(workload);
        }

        if (folder.ReadClaim()?.Shim is { } claimed)
        {
            ProcessTable.KillSession(claimed);
        }

        if (shim is not null)
        {
            var polled = new LibC.PollFd { Fd = shim.Fd, Events = LibC.PollIn };
            _ = LibC.Poll(&polled, 1, PatienceMilliseconds);
            shim.Reap();
            shim.Dispose();
        }
    }

    /// <summary>Empty: the workload is about to run.</summary>
    private static string AwaitStart(Pidfd shim, int note)
    {
        var polled = stackalloc LibC.PollFd[2];
        while (true)
        {
            polled[0] = new LibC.PollFd { Fd = note, Events = LibC.PollIn };
            polled[1] = new LibC.PollFd { Fd = shim.Fd, Events = LibC.PollIn };
            var count = LibC.Poll(polled, 2, PatienceMilliseconds);
            if (count == 0)
            {
                return "its launch script did not come to its end";
            }

            if (count < 0)
            {
                continue;
            }

            // One at a time: the note of its end is for whoever watches the run.
            byte read;
            if (polled[0].Revents != 0 && LibC.Read(note, &read, 1) == 1)
            {
                if (read is StartNote or EndNote)
                {
                    return read == StartNote ? "" : "its launch script ended early";
                }
            }
            else if (polled[1].Revents != 0)
            {
                return "its shim was killed";
            }
        }
    }
}
