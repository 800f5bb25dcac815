namespace Harness.Agent.Workloads.Linux;

/// <summary>
/// A handle on a process: whoever gets its number later cannot be mistaken for it, and it need not be a child. Disposed by its owner.
/// </summary>
internal sealed unsafe class Pidfd : IDisposable
{
    private Pidfd(int pid, int fd)
    {
        Pid = pid;
        Fd = fd;
    }

    public int Pid { get; }

    /// <summary>Readable in poll once the process has ended.</summary>
    public int Fd { get; private set; }

    public bool HasEnded
    {
        get
        {
            var polled = new LibC.PollFd { Fd = Fd, Events = LibC.PollIn };
            return LibC.Poll(&polled, 1, 0) > 0;
        }
    }

    /// <summary>Null: there is no such process.</summary>
    public static Pidfd? Open(int pid)
    {
        var fd = (int)LibC.Syscall(LibC.PidfdOpen, pid, 0);
        return fd >= 0 ? new Pidfd(pid, fd) : null;
    }

    /// <summary>Null: that process has ended, whoever has its number now.</summary>
    public static Pidfd? Open(ProcessIdentity process)
    {
        var pidfd = Open(process.Pid);
        // Asked after opening: the process that is open cannot change any more.
        if (pidfd is not null && !process.IsAlive)
        {
            pidfd.Dispose();
            return null;
        }

        return pidfd;
    }

    public void Signal(int signal) => _ = LibC.Syscall(LibC.PidfdSendSignal, Fd, signal, 0, 0);

    /// <summary>Collects the process when it is this program's child; does nothing otherwise.</summary>
    public void Reap() => _ = LibC.WaitPid(Pid, out _, 0);

    public void Dispose()
    {
        if (Fd >= 0)
        {
            _ = LibC.Close(Fd);
            Fd = -1;
        }
    }
}
