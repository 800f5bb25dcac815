using System.Runtime.InteropServices;
using Harness.Agent.Applications;

namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// One child process with its own thread, which reads its output, waits for its end, kills what it leaves behind in its session, and
/// only then reaps it: until then its process number cannot be reused. <see cref="Signal"/> may be called from any thread.
/// </summary>
internal sealed unsafe class WorkloadProcess
{
    private const int ThreadStackBytes = 256 * 1024;
    private const int ReadBytes = 16 * 1024;
    private const int LastReads = 64;
    private readonly Lock _lock = new();
    private readonly IOutputSink _sink;
    private readonly Action<WorkloadExit> _exited;
    private readonly int _pidfd;
    private readonly int[] _outputs;
    private bool _reaped;

    private WorkloadProcess(int pid, int pidfd, int[] outputs, IOutputSink sink, Action<WorkloadExit> exited)
    {
        Pid = pid;
        _pidfd = pidfd;
        _outputs = outputs;
        _sink = sink;
        _exited = exited;
    }

    public int Pid { get; }

    /// <summary>Starts a process; null, and the errno, when it cannot run. Call <see cref="Watch"/> next.</summary>
    public static WorkloadProcess? Start(SpawnRequest request, IOutputSink sink, Action<WorkloadExit> exited, out int errno)
    {
        var stdout = stackalloc int[2];
        var stderr = stackalloc int[2];
        errno = OpenPipe(stdout);
        if (errno != 0)
        {
            return null;
        }

        errno = OpenPipe(stderr);
        if (errno != 0)
        {
            ClosePipe(stdout);
            return null;
        }

        errno = PosixSpawn.Start(request, new SpawnStreams(-1, stdout[1], stderr[1], null), out var pid);
        _ = LibC.Close(stdout[1]);
        _ = LibC.Close(stderr[1]);
        var pidfd = errno == 0 ? OpenPidfd(pid, out errno) : -1;
        if (errno != 0)
        {
            _ = LibC.Close(stdout[0]);
            _ = LibC.Close(stderr[0]);
            return null;
        }

        return new WorkloadProcess(pid, pidfd, [stdout[0], stderr[0]], sink, exited);
    }

    /// <summary>Begins to read the output and to wait for the end.</summary>
    public void Watch()
    {
        new Thread(Run, ThreadStackBytes) { IsBackground = true, Name = $"workload {Pid}" }.Start();
    }

    /// <summary>SIGTERM to the process itself, as a container's first process gets it; SIGKILL to all of its group.</summary>
    public void Signal(bool kill)
    {
        lock (_lock)
        {
            if (!_reaped)
            {
                _ = kill ? LibC.Kill(-Pid, LibC.SigKill) : LibC.Kill(Pid, LibC.SigTerm);
            }
        }
    }

    private static int OpenPipe(int* ends)
    {
        if (LibC.Pipe2(ends, LibC.CloseOnExec) != 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        // Only our end: the flag belongs to the open file, and the workload expects blocking writes.
        _ = LibC.Fcntl(ends[0], LibC.SetFlags, LibC.NonBlock);
        return 0;
    }

    private static void ClosePipe(int* ends)
    {
        _ = LibC.Close(ends[0]);
        _ = LibC.Close(ends[1]);
    }

    private static int OpenPidfd(int pid, out int errno)
    {
        var pidfd = (int)LibC.Syscall(LibC.PidfdOpen, pid, 0);
        errno = pidfd >= 0 ? 0 : Marshal.GetLastPInvokeError();
        if (pidfd < 0)
        {
            _ = LibC.Kill(-pid, LibC.SigKill);
            _ = LibC.WaitPid(pid, out _, 0);
        }

        return pidfd;
    }

    private void Run()
    {
        ReadUntilEnd();
        ProcessTable.KillSession(Pid);
        foreach (var stream in new[] { OutputStream.Stdout, OutputStream.Stderr })
        {
            // More than a pipe holds; something that left the session may go on writing without end.
            for (var reads = 0; reads < LastReads && ReadOnce(stream); reads++)
            {
            }
        }

        var exit = Reap();
        CloseAll();
        _sink.Complete();
        _exited(exit);
    }

    private void ReadUntilEnd()
    {
        var polled = stackalloc LibC.PollFd[3];
        while (true)
        {
            polled[0] = new LibC.PollFd { Fd = _outputs[0], Events = LibC.PollIn };
            polled[1] = new LibC.PollFd { Fd = _outputs[1], Events = LibC.PollIn };
            polled[2] = new LibC.PollFd { Fd = _pidfd, Events = LibC.PollIn };
            if (LibC.Poll(polled, 3, -1) < 0)
            {
                continue;
            }

            for (var index = 0; index < _outputs.Length; index++)
            {
                if (polled[index].Revents != 0)
                {
                    ReadOnce((OutputStream)index);
                }
            }

            if (polled[2].Revents != 0)
            {
                return;
            }
        }
    }

    /// <summary>Reads what is there, once; false when there is nothing (now, or ever again).</summary>
    private bool ReadOnce(OutputStream stream)
    {
        var fd = _outputs[(int)stream];
        if (fd < 0)
        {
            return false;
        }

        var buffer = stackalloc byte[ReadBytes];
        var count = LibC.Read(fd, buffer, ReadBytes);
        if (count > 0)
        {
            _sink.Write(stream, new ReadOnlySpan<byte>(buffer, (int)count));
            return true;
        }

        if (count == 0)
        {
            _ = LibC.Close(fd);
            _outputs[(int)stream] = -1;
        }

        return count < 0 && Marshal.GetLastPInvokeError() == LibC.Eintr;
    }

    private WorkloadExit Reap()
    {
        lock (_lock)
        {
            _reaped = true;
            int status;
            while (LibC.WaitPid(Pid, out status, 0) < 0)
            {
                if (Marshal.GetLastPInvokeError() != LibC.Eintr)
                {
                    // Someone else reaped it: how it ended is not known.
                    return new WorkloadExit(255, 0);
                }
            }

            var signal = status & 0x7f;
            return signal == 0 ? new WorkloadExit((status >> 8) & 0xff, 0) : WorkloadExit.BySignal(signal);
        }
    }

    private void CloseAll()
    {
        _ = LibC.Close(_pidfd);
        foreach (var fd in _outputs.Where(fd => fd >= 0))
        {
            _ = LibC.Close(fd);
        }
    }
}
